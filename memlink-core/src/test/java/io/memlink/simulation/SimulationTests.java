package io.memlink.simulation;

import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for broken promises with new seeds, and has those not come back that were found
 * before. What is found is to be repeated with {@code scripts/simulate --replay}.
 */
class SimulationTests {

    /** How long new seeds are tried, in seconds; {@code scripts/verify} takes longer. */
    private static final int SECONDS = Integer.getInteger("io.memlink.simulation.seconds", 10);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    private final Level level = this.logger.getLevel();

    @BeforeEach
    void logNothing() {
        // What the clients log of so many faults is of no interest, and slow.
        this.logger.setLevel(Level.OFF);
    }

    @AfterEach
    void logAgain() {
        this.logger.setLevel(this.level);
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 7, 200, 1005, 2006, 4015, 321200536, 521201716, 731200106, 10810059406007L })
    void keepsItsPromises(long seed) {
        assertThat(Simulation.run(seed, KeyWorkload.TYPE)).matches((result) -> result.violation() == null,
                "keeps all promises");
    }

    @Test
    void keepsItsPromisesWithSeedsThatNobodyHasTried() {
        long begin = System.nanoTime();
        for (long seed = begin; System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(SECONDS); seed++) {
            keepsItsPromises(seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5 })
    void happensAgainToTheLetter(long seed) {
        Simulation.Result first = Simulation.run(seed, KeyWorkload.TYPE);
        Simulation.Result second = Simulation.run(seed, KeyWorkload.TYPE);
        assertThat(second.hash()).isEqualTo(first.hash());
        assertThat(second.steps()).isEqualTo(first.steps());
    }

}
