package io.memlink.cluster.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.memlink.cluster.routing.ClusterEvents.Observed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that is seen by an observer and by a caller, each with a future of its own.
 */
class ObservedTests {

    private final CompletableFuture<String> sent = new CompletableFuture<>();

    private final List<String> told = new ArrayList<>();

    private int sends;

    private final Observed<String> observed = new Observed<>(() -> {
        this.sends++;
        return this.sent;
    });

    @Test
    void theObserverIsToldBeforeTheCaller() {
        this.observed.seen().thenAccept((result) -> this.told.add("observer: " + result));
        this.observed.result().thenAccept((result) -> this.told.add("caller: " + result));
        this.sent.complete("reply");
        assertThat(this.told).containsExactly("observer: reply", "caller: reply");
        assertThat(this.sends).isOne();
    }

    @Test
    void bothAreToldTheFailureItself() {
        CompletableFuture<String> seen = this.observed.seen();
        IllegalStateException failure = new IllegalStateException();
        this.sent.completeExceptionally(failure);
        assertThat(this.observed.result()).failsWithin(0, TimeUnit.SECONDS).withThrowableThat().withCause(failure);
        assertThat(seen.handle((result, told) -> told)).isCompletedWithValue(failure);
    }

    @Test
    void whatTheObserverDoesToItsFutureIsNotDoneToTheCaller() {
        CompletableFuture<String> seen = this.observed.seen();
        seen.cancel(true);
        assertThat(this.observed.result()).isNotDone();
        assertThat(this.sent).isNotDone();
        this.sent.complete("reply");
        assertThat(this.observed.result()).isCompletedWithValue("reply");
    }

    @Test
    void cancellingTheResultCancelsTheRequest() {
        CompletableFuture<String> seen = this.observed.seen();
        CompletableFuture<String> result = this.observed.result();
        assertThat(result.cancel(false)).isTrue();
        assertThat(this.sent).isCancelled();
        assertThat(result).isCancelled();
        assertThat(seen).isCancelled();
    }

    @Test
    void isSentIfTheObserverDoesNot() {
        this.sent.complete("reply");
        assertThat(this.observed.result()).isCompletedWithValue("reply");
        assertThat(this.sends).isOne();
    }

}
