package io.memlink.cluster.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.Link;
import io.memlink.link.Request;
import io.memlink.meta.Key;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.time.ManualTimers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a backend is told of what is in its journal, by a clock that is moved.
 */
class JournalDeliveryTests {

    private final ManualTimers timers = new ManualTimers();

    private final Journal journal = new Journal();

    private final Server server = new Server();

    private boolean usable = true;

    private final JournalDelivery delivery = new JournalDelivery(this.journal, this.timers, this.server,
            () -> this.usable);

    /** Answers each request at once. */
    private static final class Server implements Link {

        private final List<String> requests = new ArrayList<>();

        private @Nullable MemlinkException failure;

        /** What has room at the first try, others at the second; everything if empty. */
        private String roomy = "";

        /** What fails for good; nothing where it is empty. */
        private String undeliverable = "";

        @Override
        @SuppressWarnings("unchecked")
        public <R, T> CompletableFuture<T> send(Request<R> request, Function<? super R, ? extends T> meaning) {
            boolean again = this.requests.contains(request.toString());
            this.requests.add(request.toString());
            if (!this.undeliverable.isEmpty() && request.toString().contains(this.undeliverable)) {
                return CompletableFuture.failedFuture(new OutOfMemoryError("direct memory"));
            }
            if (!again && !request.toString().contains(this.roomy)) {
                return CompletableFuture.failedFuture(new MemlinkOverloadedException("no room"));
            }
            return (this.failure != null) ? CompletableFuture.failedFuture(this.failure)
                    : CompletableFuture.completedFuture(meaning.apply((R) Miss.INSTANCE));
        }

    }

    private void add(int keys) {
        for (int i = 0; i < keys; i++) {
            this.journal.add(Key.of("key-" + i), 0, false);
        }
    }

    @Test
    void deliversEverything() {
        add(1300);
        List<Boolean> told = new ArrayList<>();
        this.delivery.deliver((failure) -> told.add(failure == null));
        this.timers.millis(0);
        assertThat(told).containsExactly(true);
        assertThat(this.journal.depth()).isZero();
        assertThat(this.server.requests).hasSize(1300).startsWith("md \"key-0\"", "md \"key-1\"");
    }

    @Test
    void whatFindsNoRoomIsTriedAgainAsLongAsOthersGetThrough() {
        add(1300);
        this.server.roomy = "7";
        List<Boolean> told = new ArrayList<>();
        this.delivery.deliver((failure) -> told.add(failure == null));
        this.timers.millis(0);
        assertThat(told).containsExactly(true);
        assertThat(this.journal.depth()).isZero();
    }

    @Test
    void itIsToldWhereNobodyFindsRoom() {
        add(3);
        this.server.roomy = "none";
        List<MemlinkException> failures = new ArrayList<>();
        this.delivery.deliver(failures::add);
        this.timers.millis(0);
        assertThat(failures).singleElement().isInstanceOf(MemlinkOverloadedException.class);
        assertThat(this.journal.depth()).isEqualTo(3);
    }

    @Test
    void keepsWhatFailedAndTellsWhy() {
        add(3);
        this.server.failure = new MemlinkTimeoutException(Outcome.UNKNOWN, "too late");
        List<MemlinkException> failures = new ArrayList<>();
        this.delivery.deliver(failures::add);
        this.timers.millis(0);
        assertThat(failures).containsExactly(this.server.failure);
        assertThat(this.journal.depth()).isEqualTo(3);
    }

    @Test
    void triesAgainInTheBackgroundLessAndLessOften() {
        add(1);
        this.server.failure = new MemlinkServerException(MemlinkServerException.Reason.SERVER_FAILURE, Outcome.UNKNOWN,
                "\"SERVER_ERROR down\"");
        this.delivery.wake();
        this.delivery.wake();
        this.timers.millis(0);
        assertThat(this.server.requests).hasSize(1);
        this.timers.millis(50);
        assertThat(this.server.requests).hasSize(2);
        this.timers.millis(20_000);
        assertThat(this.server.requests).hasSizeBetween(12, 22);
        this.server.failure = null;
        this.timers.millis(1600);
        assertThat(this.journal.depth()).isZero();
    }

    @Test
    void whatTheServerRefusesIsOwedUntilItDoesSo() {
        add(2);
        this.server.failure = new MemlinkServerException(MemlinkServerException.Reason.OTHER, "\"CLIENT_ERROR bad\"");
        this.delivery.wake();
        this.timers.millis(10_000);
        assertThat(this.journal.depth()).isEqualTo(2);
        assertThat(this.journal.lost()).isZero();
        this.server.failure = null;
        this.timers.millis(1600);
        assertThat(this.journal.depth()).isZero();
    }

    @Test
    void oneThatCannotBeDeliveredKeepsOutNoOther() {
        add(1300);
        this.server.undeliverable = "key-0\"";
        List<MemlinkException> failures = new ArrayList<>();
        this.delivery.deliver(failures::add);
        this.timers.millis(0);
        assertThat(failures).singleElement().satisfies((failure) -> assertThat(failure).hasMessageContaining("direct"));
        assertThat(this.journal.entries()).extracting(Journal.Entry::key).containsExactly(Key.of("key-0"));
    }

    @Test
    void whatMayArriveYetIsDeletedAgainWhenItCannotAnyMore() {
        this.journal.add(Key.of("key"), this.timers.nanoTime(), true);
        this.delivery.wake();
        this.timers.millis(4999);
        assertThat(this.server.requests).containsExactly("md \"key\"");
        assertThat(this.journal.depth()).isOne();
        this.timers.millis(1);
        assertThat(this.server.requests).hasSize(2);
        assertThat(this.journal.depth()).isZero();
    }

    @Test
    void whatAMachineIsToldAfterAnotherTookItsPlaceCountsForNothing() {
        add(1);
        this.delivery.end();
        this.delivery.send(this.journal.oldest(1).get(0));
        this.delivery.wake();
        this.timers.millis(10_000);
        assertThat(this.journal.depth()).isOne();
        assertThat(this.server.requests).hasSize(1);
    }

    @Test
    void restsWhileTheBackendCannotBeUsed() {
        add(1);
        this.usable = false;
        this.delivery.wake();
        this.timers.millis(10_000);
        assertThat(this.server.requests).isEmpty();
        this.usable = true;
        this.delivery.wake();
        this.timers.millis(0);
        assertThat(this.journal.depth()).isZero();
    }

    @Test
    void hasSettledWhenNothingIsDue() {
        add(2);
        this.server.failure = new MemlinkOverloadedException("full");
        List<Integer> left = new ArrayList<>();
        this.delivery.settle(() -> left.add(this.journal.depth()));
        this.timers.millis(10);
        assertThat(left).isEmpty();
        this.server.failure = null;
        this.timers.millis(100);
        assertThat(left).containsExactly(0);
        this.delivery.settle(() -> left.add(this.journal.depth()));
        this.timers.millis(0);
        assertThat(left).containsExactly(0, 0);
    }

    @Test
    void hasSettledWhereTheBackendCannotBeTold() {
        add(2);
        this.server.failure = new MemlinkOverloadedException("full");
        List<Integer> left = new ArrayList<>();
        this.delivery.settle(() -> left.add(this.journal.depth()));
        this.timers.millis(10);
        this.usable = false;
        this.timers.millis(100);
        assertThat(left).containsExactly(2);
        this.delivery.settle(() -> left.add(this.journal.depth()));
        this.timers.millis(0);
        assertThat(left).containsExactly(2, 2);
    }

}
