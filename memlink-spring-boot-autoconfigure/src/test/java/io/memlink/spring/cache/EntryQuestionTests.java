package io.memlink.spring.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Questions that are asked about several items, on a server whose clock stands still.
 */
class EntryQuestionTests {

    private final Instant now = Instant.now();

    private final EmbeddedMemcached server = EmbeddedMemcached.builder().clock(() -> this.now).start();

    private final MemlinkClient client = MemlinkClient.builder().backends("127.0.0.1:" + this.server.port()).build();

    private final AtomicLong nanos = new AtomicLong();

    private final EntryQuestion question = new EntryQuestion(true, this.nanos::get);

    private static EntryLifetimes idle(Duration timeToIdle) {
        return new EntryLifetimes(MemlinkCacheConfiguration.builder().timeToIdle(timeToIdle).build());
    }

    private Duration readAndTouch(String item, EntryLifetimes lifetimes) {
        this.client.blocking().set(item, new byte[1], Expiration.never());
        MetaGet get = this.question.forPut(item, lifetimes);
        this.client.blocking().send(get);
        return this.server.item(item).orElseThrow().timeToLive().orElseThrow();
    }

    @AfterEach
    void close() {
        this.client.close();
        this.server.close();
    }

    @Test
    void theSameIsAskedAboutEachItem() {
        EntryLifetimes lifetimes = idle(Duration.ofMinutes(10));
        assertThat(readAndTouch("one", lifetimes)).isEqualTo(Duration.ofMinutes(10));
        assertThat(readAndTouch("other", lifetimes)).isEqualTo(Duration.ofMinutes(10));
        MetaReply missing = this.client.blocking().send(this.question.forPut("none", lifetimes));
        assertThat(missing).isInstanceOfSatisfying(Hit.class,
                (hit) -> assertThat(hit.state()).isEqualTo(Hit.State.LEASE_WON));
    }

    @Test
    void settingsThatWereChangedAreAskedFor() {
        assertThat(readAndTouch("one", idle(Duration.ofMinutes(10)))).isEqualTo(Duration.ofMinutes(10));
        assertThat(readAndTouch("other", idle(Duration.ofMinutes(20)))).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void aPointInTimeMovesOnWithTheTime() {
        EntryLifetimes lifetimes = idle(Duration.ofDays(40));
        Duration before = readAndTouch("one", lifetimes);
        long second = Instant.now().getEpochSecond();
        await().until(() -> Instant.now().getEpochSecond() > second);
        this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(readAndTouch("other", lifetimes)).isGreaterThan(before);
    }

}
