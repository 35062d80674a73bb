package io.memlink.link;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.memlink.time.Timers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of tasks for later when a client is closed.
 */
class LoopTimersTests {

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    private final Timers timers = this.resources.timers();

    private CompletableFuture<Void> whatSomebodyWaitsFor(Duration delay) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        this.timers.scheduleInAnyCase(() -> done.complete(null), delay.toNanos());
        return done;
    }

    @Test
    void whatSomebodyWaitsForIsDoneInItsTime() {
        assertThat(whatSomebodyWaitsFor(Duration.ofMillis(1))).succeedsWithin(Duration.ofSeconds(5));
        this.resources.close();
    }

    @Test
    void orAtTheEnd() {
        CompletableFuture<Void> done = whatSomebodyWaitsFor(Duration.ofHours(1));
        this.resources.close();
        assertThat(done).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void orAtOnceBehindIt() {
        this.resources.close();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        this.timers.scheduleInAnyCase(() -> ended.complete(null), 0);
        assertThat(ended).succeedsWithin(Duration.ofSeconds(5));
        assertThat(whatSomebodyWaitsFor(Duration.ofHours(1))).succeedsWithin(Duration.ofSeconds(5));
    }

}
