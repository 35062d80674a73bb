package io.memlink.cluster.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.Link;
import io.memlink.link.Request;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Hits;
import io.memlink.meta.Key;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;
import io.memlink.time.ManualTimers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of requests for a key whose delete cannot be done.
 */
class OwedReadTests implements Link {

    private static final Key KEY = Key.of("key");

    private final ManualTimers timers = new ManualTimers();

    private final Journal journal = new Journal();

    private final JournalDelivery delivery = new JournalDelivery(this.journal, this.timers, this, () -> false);

    private final Deque<CompletableFuture<Object>> sent = new ArrayDeque<>();

    private final List<MemlinkException> unbelieved = new ArrayList<>();

    @BeforeEach
    void owe() {
        this.journal.add(KEY, 0, false);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R, T> CompletableFuture<T> send(Request<R> request, Function<? super R, ? extends T> meaning) {
        CompletableFuture<Object> reply = new CompletableFuture<>();
        CompletableFuture<T> meant = new CompletableFuture<>();
        reply.whenComplete((answer, failure) -> {
            if (failure != null) {
                meant.completeExceptionally(failure);
            }
            else {
                tell(meant, () -> meaning.apply((R) answer));
            }
        });
        this.sent.add(reply);
        return meant;
    }

    private static <T> void tell(CompletableFuture<T> future, Supplier<T> meaning) {
        try {
            future.complete(meaning.get());
        }
        catch (RuntimeException ex) {
            future.completeExceptionally(ex);
        }
    }

    private CompletableFuture<MetaReply> send(MetaRequest<MetaReply> request) {
        return OwedRequest.send(request, Function.identity(), this.journal, this.delivery, this,
                (unbelieved, failure) -> this.unbelieved.add(failure));
    }

    static Stream<MemlinkException> failures() {
        return Stream.of(new MemlinkTimeoutException(Outcome.NOT_SENT, ""),
                new MemlinkTimeoutException(Outcome.UNKNOWN, ""), new MemlinkOverloadedException(""),
                new MemlinkConnectionException(Reason.LOST, Outcome.UNKNOWN, "", null),
                new MemlinkServerException(MemlinkServerException.Reason.SERVER_FAILURE, Outcome.UNKNOWN, ""));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aReadIsAMissWhereTheDeleteAheadOfItIsNotDone(MemlinkException failure) {
        CompletableFuture<MetaReply> read = send(MetaGet.value(KEY));
        this.sent.remove().completeExceptionally(failure);
        assertThat(read).isNotDone();
        this.sent.remove().complete(Hits.of("old"));
        assertThat(read).isCompletedWithValue(Miss.INSTANCE);
        assertThat(this.journal.depth()).isOne();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aReadThatFailsItselfIsAMissToo(MemlinkException failure) {
        CompletableFuture<MetaReply> read = send(MetaGet.value(KEY));
        this.sent.remove();
        this.sent.remove().completeExceptionally(failure);
        assertThat(read).isCompletedWithValue(Miss.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatChangesOrWinsTheItemFails(MemlinkException failure) {
        for (MetaGet get : new MetaGet[] { MetaGet.builder(KEY).touch(Expiration.never()).build(),
                MetaGet.builder(KEY).value().vivify(Expiration.never()).build() }) {
            CompletableFuture<MetaReply> changed = send(get);
            this.sent.remove().completeExceptionally(failure);
            this.sent.remove().complete(Hits.of("old"));
            assertThat(changed).isCompletedExceptionally();
        }
    }

    @Test
    void whatIsNotBelievedIsOwedADeleteSinceAnotherOneMayHaveBeenDoneAheadOfIt() {
        this.delivery.send(this.journal.find(KEY));
        CompletableFuture<MetaReply> added = send(MetaSet.builder(KEY, new byte[1]).mode(MetaSet.Mode.ADD).build());
        this.sent.remove().complete(Miss.INSTANCE);
        this.sent.remove()
            .completeExceptionally(
                    new MemlinkServerException(MemlinkServerException.Reason.SERVER_FAILURE, Outcome.UNKNOWN, ""));
        this.sent.remove().complete(Hits.done());
        assertThat(added).isCompletedExceptionally();
        assertThat(this.unbelieved).hasSize(1).extracting(MemlinkException::outcome).containsOnly(Outcome.UNKNOWN);
    }

    @Test
    void aReadIsAMissWhereADeleteTurnsOutToBeOwedAfterItWasSent() {
        Key key = Key.of("another");
        CompletableFuture<MetaReply> read = send(MetaGet.value(key));
        this.journal.add(key, 0, false);
        this.sent.remove().complete(Hits.of("old"));
        assertThat(read).isCompletedWithValue(Miss.INSTANCE);
    }

    @Test
    void aReadIsAMissWhereThatDeleteIsDoneBeforeTheReplyIsTold() {
        Key key = Key.of("another");
        CompletableFuture<MetaReply> read = send(MetaGet.value(key));
        this.journal.add(key, 0, false);
        this.journal.delivered(this.journal.find(key), 0);
        this.sent.remove().complete(Hits.of("old"));
        assertThat(read).isCompletedWithValue(Miss.INSTANCE);
    }

    @Test
    void aReadThatWinsAnItemFailsWhereADeleteTurnsOutToBeOwed() {
        Key key = Key.of("another");
        CompletableFuture<MetaReply> read = send(MetaGet.builder(key).value().vivify(Expiration.never()).build());
        this.journal.add(key, 0, false);
        this.sent.remove().complete(Hits.of("old"));
        assertThat(read).isCompletedExceptionally();
    }

    @Test
    void whatDependsOnTheItemFailsWhereADeleteTurnsOutToBeOwed() {
        Key key = Key.of("another");
        CompletableFuture<MetaReply> counted = send(MetaArithmetic.builder(key).build());
        CompletableFuture<MetaReply> changed = send(MetaSet.builder(key, new byte[1]).compareCas(5).build());
        CompletableFuture<MetaReply> set = send(MetaSet.builder(key, new byte[1]).build());
        this.journal.add(key, 0, false);
        this.sent.forEach((reply) -> reply.complete(Hits.of("old")));
        assertThat(counted).isCompletedExceptionally();
        assertThat(changed).isCompletedExceptionally();
        assertThat(set).isCompleted();
        assertThat(this.unbelieved).hasSize(2).extracting(MemlinkException::outcome).containsOnly(Outcome.UNKNOWN);
    }

    @Test
    void aReadIsBelievedWhereNothingIsOwedSince() {
        Key key = Key.of("another");
        this.journal.delivered(this.journal.find(KEY), 0);
        CompletableFuture<MetaReply> read = send(MetaGet.value(key));
        Hit hit = Hits.of("value");
        this.sent.remove().complete(hit);
        assertThat(read).isCompletedWithValue(hit);
    }

    @Test
    void aReadOfAClosedClientFails() {
        CompletableFuture<MetaReply> read = send(MetaGet.value(KEY));
        this.sent.remove().completeExceptionally(new MemlinkClosedException(Outcome.NOT_SENT, "closed", null));
        this.sent.remove().completeExceptionally(new MemlinkClosedException(Outcome.NOT_SENT, "closed", null));
        assertThat(read).isCompletedExceptionally();
    }

}
