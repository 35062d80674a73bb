package io.memlink.cluster.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.Key;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BulkOperationTests {

    private static final Backend EVEN = Backend.parse("even:1");

    private static final Backend ODD = Backend.parse("odd:1");

    private final List<String> names = IntStream.range(0, 4000).mapToObj(Integer::toString).toList();

    /** By position; {@code null} as long as the operation has not begun. */
    private final List<CompletableFuture<String>> begun = new ArrayList<>();

    private CompletableFuture<BulkOutcome<String>> begin() {
        this.names.forEach((name) -> this.begun.add(null));
        List<Key> keys = this.names.stream().map(Key::of).toList();
        return BulkOperation.of(this.names, keys, BulkOperationTests::owner, (index) -> {
            CompletableFuture<String> operation = new CompletableFuture<>();
            this.begun.set(index, operation);
            return operation;
        });
    }

    private static Backend owner(Key key) {
        return (key.routingBytes()[key.routingBytes().length - 1] % 2 == 0) ? EVEN : ODD;
    }

    private long begun(int parity) {
        return IntStream.range(0, this.begun.size())
            .filter((index) -> index % 2 == parity && this.begun.get(index) != null)
            .count();
    }

    /** Ends what has begun, and what begins by that. */
    private void endAll(int parity) {
        for (int i = parity; i < this.begun.size(); i += 2) {
            this.begun.get(i).complete("value " + i);
        }
    }

    @Test
    void hasABoundedNumberUnderWayAtEachBackend() {
        begin();
        assertThat(begun(0)).isEqualTo(512);
        assertThat(begun(1)).isEqualTo(512);
        this.begun.get(0).complete("value");
        assertThat(begun(0)).isEqualTo(513);
    }

    @Test
    void aBackendThatDoesNotAnswerKeepsNoOtherWaiting() {
        CompletableFuture<BulkOutcome<String>> result = begin();
        endAll(0);
        assertThat(begun(0)).isEqualTo(2000);
        assertThat(begun(1)).isEqualTo(512);
        assertThat(result).isNotDone();
        endAll(1);
        assertThat(result.join().values()).hasSize(4000).containsEntry("3999", "value 3999");
    }

    @Test
    void aBackendThatLetsOneTimeOutIsAskedForNoMore() {
        CompletableFuture<BulkOutcome<String>> result = begin();
        endAll(0);
        for (CompletableFuture<String> operation : this.begun.stream().filter(Objects::nonNull).toList()) {
            operation.completeExceptionally(new MemlinkTimeoutException(Outcome.UNKNOWN, "500 ms"));
        }
        assertThat(begun(1)).isEqualTo(512);
        assertThat(result).isCompleted();
        assertThat(result.join().values()).hasSize(2000);
        assertThat(result.join().failures()).hasSize(2000)
            .allSatisfy((key, failure) -> assertThat(failure).isInstanceOf(MemlinkTimeoutException.class));
        assertThat(result.join().failures().values().stream().map(MemlinkException::outcome))
            .filteredOn(Outcome.NOT_SENT::equals)
            .hasSize(2000 - 512);
    }

    @Test
    void tellsWhatWasFoundWhatWasNotAndWhatFailed() {
        MemlinkException failure = new MemlinkConnectionException(Reason.REFUSED, Outcome.NOT_SENT, "down", null);
        List<Key> keys = List.of(Key.of("hit"), Key.of("miss"), Key.of("failed"));
        BulkOutcome<String> result = BulkOperation
            .<String>of(List.of("hit", "miss", "failed"), keys, (key) -> EVEN, (index) -> switch (index) {
                case 0 -> CompletableFuture.completedFuture("value");
                case 1 -> CompletableFuture.completedFuture(null);
                default -> CompletableFuture.failedFuture(failure);
            })
            .join();
        assertThat(result.values()).containsOnlyKeys("hit");
        assertThat(result.failures()).containsOnlyKeys("failed").containsValue(failure);
        assertThatThrownBy(() -> result.values().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void nothingIsDoneAtOnce() {
        assertThat(BulkOperation.<String>of(List.of(), List.of(), (key) -> EVEN, (index) -> new CompletableFuture<>()))
            .isCompletedWithValue(new BulkOutcome<>(Map.of(), Map.of()));
    }

}
