package io.memlink.link;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;

import io.memlink.link.loop.Awaited;
import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.SyncCaller;
import org.jspecify.annotations.Nullable;

/**
 * An exchange whose caller waits for it, and tells itself the outcome: what the reply
 * means is found out in its thread. Where it has gone by then, or does something else for
 * long before it waits, a thread for work that may block tells it. <pre>
 *            outcome               caller
 *   PENDING ---------&gt; ANSWERED -----------&gt; TOLD, the future completed by the caller
 *      |                   |
 *      | caller gives up   | caller does not come
 *      v      outcome      v
 *     LEFT -------------&gt; TOLD, the future completed elsewhere
 * </pre>
 *
 * @param <R> the type of the reply
 * @param <T> the type of its meaning
 */
final class AwaitedExchange<R, T extends @Nullable Object> extends Exchange<R, T> implements Awaited {

    private static final int PENDING = 0;

    private static final int ANSWERED = 1;

    private static final int LEFT = 2;

    private static final int TOLD = 3;

    private static final AtomicIntegerFieldUpdater<AwaitedExchange<?, ?>> STATE = updater();

    private final SyncCaller caller;

    @SuppressWarnings("unused") // by its handle
    private volatile int state;

    /** {@code null} until a connection has taken it. */
    private @Nullable Connection connection;

    private @Nullable Function<? super R, ? extends T> heldMeaning;

    private @Nullable R heldReply;

    private @Nullable Throwable heldFailure;

    /** What is to be run when the outcome was told, if it was kept. */
    private @Nullable Runnable told;

    private AwaitedExchange(Request<R> request, Function<? super R, ? extends T> meaning, long nowNanos, Terms terms,
            SyncCaller caller) {
        super(request, meaning, nowNanos, terms);
        this.caller = caller;
    }

    @SuppressWarnings({ "unchecked", "rawtypes" }) // the state is the same for all types
    private static AtomicIntegerFieldUpdater<AwaitedExchange<?, ?>> updater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(AwaitedExchange.class, "state");
    }

    /** Makes the exchange of a request that is about to be sent. */
    static <R, T extends @Nullable Object> Exchange<R, T> unlessAsynchronous(Request<R> request,
            Function<? super R, ? extends T> meaning, long nowNanos, Terms terms) {
        SyncCaller caller = SyncCaller.sending();
        if (caller == null) {
            return new Exchange<>(request, meaning, nowNanos, terms);
        }
        AwaitedExchange<R, T> exchange = new AwaitedExchange<>(request, meaning, nowNanos, terms, caller);
        caller.seeTo(exchange);
        return exchange;
    }

    @Override
    boolean acceptedBy(Connection connection) {
        this.connection = connection;
        return true;
    }

    @Override
    void complete(@Nullable Function<? super R, ? extends T> meaning, @Nullable R reply, @Nullable Throwable failure) {
        Connection connection = this.connection;
        if (connection == null) {
            // Refused, in the caller's thread.
            this.state = TOLD;
            completeHere(meaning, reply, failure);
            return;
        }
        this.heldMeaning = meaning;
        this.heldReply = reply;
        this.heldFailure = failure;
        if (!STATE.compareAndSet(this, PENDING, ANSWERED)) {
            this.state = ANSWERED;
            connection.loop().tell(this);
            return;
        }
        if (!this.caller.isWaiting()) {
            keep();
        }
        connection.loop().answered(this.caller);
    }

    private void forget() {
        this.heldMeaning = null;
        this.heldReply = null;
        this.heldFailure = null;
    }

    @Override
    public boolean isAnswered() {
        return this.state != PENDING || isDone();
    }

    @Override
    public void finish() {
        tell(true);
    }

    @Override
    public void tell() {
        tell(false);
    }

    private void tell(boolean here) {
        if (!STATE.compareAndSet(this, ANSWERED, TOLD)) {
            return;
        }
        Function<? super R, ? extends T> meaning = this.heldMeaning;
        R reply = this.heldReply;
        Throwable failure = this.heldFailure;
        forget();
        Runnable told = this.told;
        if (told != null) {
            told.run();
        }
        if (here) {
            completeHere(meaning, reply, failure);
        }
        else {
            super.complete(meaning, reply, failure);
        }
    }

    @Override
    public void keep() {
        // Not one that was refused: it was told at once, and is of no loop.
        if (this.state == ANSWERED) {
            this.told = loop().keep(this);
        }
    }

    @Override
    public void abandon() {
        if (STATE.compareAndSet(this, PENDING, LEFT)) {
            writeLater();
        }
        else {
            finish();
        }
    }

    private Connection connection() {
        return Objects.requireNonNull(this.connection, "connection");
    }

    @Override
    public DrivenLoop loop() {
        return connection().loop();
    }

    @Override
    public void write() {
        connection().drain();
    }

    @Override
    public void writeLater() {
        Connection connection = this.connection;
        if (connection != null) {
            connection.writeLater(this);
        }
    }

    @Override
    public void writeUnlessWith(Awaited other) {
        if (!(other instanceof AwaitedExchange<?, ?> exchange) || exchange.connection != this.connection) {
            writeLater();
        }
    }

}
