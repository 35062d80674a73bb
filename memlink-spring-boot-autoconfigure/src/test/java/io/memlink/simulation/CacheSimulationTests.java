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
 * Looks for broken promises of caches with new seeds. What is found is to be repeated
 * with {@code scripts/simulate --caches --replay}.
 */
class CacheSimulationTests {

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
    @ValueSource(longs = { 1, 2, 6, 17, 28, 1013 })
    void keepsItsPromises(long seed) {
        assertThat(Simulation.run(seed, CacheWorkload.TYPE)).matches((result) -> result.violation() == null,
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
        Simulation.Result first = Simulation.run(seed, CacheWorkload.TYPE);
        Simulation.Result second = Simulation.run(seed, CacheWorkload.TYPE);
        assertThat(second.hash()).isEqualTo(first.hash());
        assertThat(second.steps()).isEqualTo(first.steps());
    }

}
