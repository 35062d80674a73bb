package io.memlink.spring.cache;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.Outcome;
import io.memlink.spring.cache.Failures.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An outage is one line for all caches of a client when it begins, and one when it is
 * over.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutageLogTests {

    private static final String BEGINS = "more of this, in any cache, is only counted";

    private final AtomicLong now = new AtomicLong();

    private final Queue<Runnable> later = new ArrayDeque<>();

    private List<String> unusable = List.of();

    private final OutageLog outages = new OutageLog(() -> this.unusable, this.now::get, this.later::add);

    private final Failures things = failures("things");

    private final Failures others = failures("others");

    private final Logger logger = (Logger) LoggerFactory.getLogger(MemlinkCache.class);

    @BeforeEach
    void logAll() {
        this.logger.setLevel(Level.INFO);
    }

    @AfterEach
    void logAsBefore() {
        this.logger.setLevel(null);
    }

    private Failures failures(String cache) {
        return new Failures(cache, new CacheSettings(MemlinkCacheConfiguration.defaults()),
                new MemlinkCacheStatistics(true), this.outages);
    }

    private static MemlinkConnectionException lost() {
        return new MemlinkConnectionException(Reason.LOST, Outcome.UNKNOWN, "cache-1:11211: connection lost", null);
    }

    private void pass(Duration time) {
        for (Duration left = time; !left.isZero(); left = left.minus(OutageLog.INTERVAL)) {
            this.now.addAndGet(OutageLog.INTERVAL.toNanos());
            Runnable look = this.later.poll();
            if (look != null) {
                look.run();
            }
        }
    }

    @Test
    void allCachesBeginItWithOneLine(CapturedOutput output) {
        this.things.note(Operation.READ, lost());
        this.others.note(Operation.READ, lost());
        this.others.note(Operation.WRITE, lost());
        assertThat(output).containsOnlyOnce(BEGINS)
            .contains("Cache things: read failed, treated as a miss")
            .contains("cache-1:11211: connection lost");
    }

    @Test
    void anEvictionThatIsMadeLaterIsNotLost(CapturedOutput output) {
        this.things.note(Operation.EVICTION, lost());
        assertThat(output).contains("Cache things: eviction failed, to be made as soon as it can be");
    }

    @Test
    void itGoesOnAsLongAsAnythingFails(CapturedOutput output) {
        for (int i = 0; i < 10; i++) {
            this.things.note(Operation.READ, lost());
            pass(Duration.ofSeconds(20));
        }
        assertThat(output).containsOnlyOnce(BEGINS).doesNotContain("nothing has failed");
        assertThat(this.later).hasSize(1);
    }

    @Test
    void itsEndTellsHowManyHaveFailed(CapturedOutput output) {
        this.things.note(Operation.READ, lost());
        this.now.addAndGet(Duration.ofSeconds(3).toNanos());
        this.others.note(Operation.READ, lost());
        this.others.note(Operation.EVICTION, lost());
        pass(OutageLog.QUIET);
        assertThat(output).containsOnlyOnce("3 operations had failed within 4 s: {others=2, things=1}");
        assertThat(this.later).isEmpty();
    }

    @Test
    void theNextOneIsANewOne(CapturedOutput output) {
        this.things.note(Operation.READ, lost());
        pass(OutageLog.QUIET);
        assertThat(output).doesNotContain("nothing has failed");
        this.others.note(Operation.READ, lost());
        this.others.note(Operation.READ, lost());
        pass(OutageLog.QUIET);
        assertThat(output).contains("Cache others: read failed").contains("2 operations had failed within 1 s");
    }

    @Test
    void tellsOnceForAllWhichCachesCannotBeUsed(CapturedOutput output) {
        this.things.note(Operation.READ, lost());
        assertThat(output).doesNotContain("that cannot be used");
        this.unusable = List.of("others", "things");
        pass(OutageLog.INTERVAL);
        this.others.note(Operation.READ, lost());
        pass(OutageLog.INTERVAL);
        assertThat(output).containsOnlyOnce("that cannot be used")
            .contains("WARN")
            .containsOnlyOnce("a copy of their generation cannot be: [others, things]");
    }

    @Test
    void tellsAtOnceWhereThatIsKnownAlready(CapturedOutput output) {
        this.unusable = List.of("things");
        this.things.note(Operation.READ, lost());
        assertThat(output).containsOnlyOnce("a copy of their generation cannot be: [things]");
    }

    @Test
    void tellsOnceThatAllCanBeUsedAgain(CapturedOutput output) {
        this.unusable = List.of("others", "things");
        this.things.note(Operation.READ, lost());
        this.unusable = List.of("things");
        pass(OutageLog.INTERVAL);
        assertThat(output).contains("a copy of their generation cannot be: [things]")
            .doesNotContain("can be used again");
        this.unusable = List.of();
        pass(OutageLog.INTERVAL.multipliedBy(2));
        assertThat(output).containsOnlyOnce("can be used again, so that all can: [things]");
    }

    @Test
    void isNotOverWhileACacheCannotBeUsedThatNobodyAsks(CapturedOutput output) {
        this.unusable = List.of("things");
        this.things.note(Operation.READ, lost());
        this.things.note(Operation.READ, lost());
        pass(OutageLog.QUIET.multipliedBy(2));
        assertThat(output).doesNotContain("nothing has failed");
        this.unusable = List.of();
        pass(OutageLog.INTERVAL);
        assertThat(output).contains("can be used again").contains("2 operations had failed within 1 s");
        assertThat(this.later).isEmpty();
    }

    @Test
    void failsNoReadWhereNobodyCanTell(CapturedOutput output) {
        OutageLog log = new OutageLog(() -> {
            throw new IllegalStateException("closed");
        }, this.now::get, this.later::add);
        log.failed("things", "read failed", lost());
        assertThat(output).contains("Cache things: read failed").doesNotContain("that cannot be used");
    }

    @Test
    void looksNoMoreOnceItIsClosed() {
        this.unusable = List.of("things");
        this.things.note(Operation.READ, lost());
        this.outages.close();
        pass(OutageLog.INTERVAL);
        assertThat(this.later).isEmpty();
    }

    @Test
    void whatIsNoOutageIsLoggedForEachCache(CapturedOutput output) {
        this.things.note(Operation.READ, lost());
        this.things.note(Operation.READ, new MemlinkDecodingException("value cannot be decoded"));
        this.others.note(Operation.READ, new MemlinkDecodingException("value cannot be decoded"));
        assertThat(output).contains("Cache things: read failed, treated as a miss (others not logged")
            .contains("Cache others: read failed, treated as a miss (others not logged");
    }

}
