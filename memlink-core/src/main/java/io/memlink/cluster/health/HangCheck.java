package io.memlink.cluster.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

import io.memlink.cluster.health.FailureDetector.Sign;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * A second question to a backend that let a request time out: has it hung, or was it this
 * request, or this connection? Each connection is asked for a sign of life. A backend
 * that gives none within 300 ms, whether to that or to any request, is taken for hung,
 * however little traffic there is to count. Safe for use by many threads; costs one read
 * of a field as long as nothing fails.
 * <p>
 * A JVM that stood still finds requests that expired meanwhile, and asks in vain only if
 * the answers do not come now either; where it stands still again, it waits once more.
 */
public final class HangCheck {

    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Timers timers;

    private final IntSupplier connections;

    private final IntFunction<CompletableFuture<?>> ping;

    private final Consumer<MemlinkException> hung;

    /** The question that is being asked. */
    private volatile @Nullable Question question;

    /**
     * Creates a check.
     * @param timers where the verdict is given
     * @param connections how many there are
     * @param ping asks one of them for a sign of life
     * @param hung told of the timeout that led to the question, where there was no sign
     */
    public HangCheck(Timers timers, IntSupplier connections, IntFunction<CompletableFuture<?>> ping,
            Consumer<MemlinkException> hung) {
        this.timers = timers;
        this.connections = connections;
        this.ping = ping;
        this.hung = hung;
    }

    /** Counts the end of a request. */
    public void count(@Nullable Throwable failure) {
        Question current = this.question;
        if (failure == null && current == null) {
            return;
        }
        Sign sign = FailureDetector.signOf(failure);
        if (sign == Sign.WELL) {
            answered();
        }
        else if (sign == Sign.TIMEOUT && current == null && failure instanceof MemlinkException timeout) {
            ask(new Question(timeout));
        }
    }

    /** The backend has answered something. */
    public void answered() {
        Question current = this.question;
        if (current != null) {
            current.alive = true;
        }
    }

    private void ask(Question begun) {
        synchronized (this) {
            if (this.question != null) {
                return;
            }
            this.question = begun;
        }
        begun.await();
        for (int i = 0; i < this.connections.getAsInt(); i++) {
            begun.ask(i);
        }
    }

    private final class Question {

        private final MemlinkException timeout;

        private volatile boolean alive;

        private long dueNanos;

        private boolean waitedAgain;

        Question(MemlinkException timeout) {
            this.timeout = timeout;
        }

        void await() {
            this.dueNanos = HangCheck.this.timers.nanoTime() + SILENCE_NANOS;
            HangCheck.this.timers.schedule(this::decide, SILENCE_NANOS);
        }

        void ask(int connection) {
            try {
                HangCheck.this.ping.apply(connection).whenComplete((reply, failure) -> ended(failure));
            }
            catch (Throwable ex) {
                ended(ex);
            }
        }

        private void ended(@Nullable Throwable thrown) {
            Throwable failure = (thrown instanceof CompletionException) ? thrown.getCause() : thrown;
            Sign sign = FailureDetector.signOf(failure);
            // One that could not be asked for want of room says nothing, so all is well;
            // one that had room, and could not be written, was not answered either.
            boolean refused = sign == Sign.NONE && !(failure instanceof MemlinkConnectionException)
                    && !(failure instanceof MemlinkTimeoutException);
            if (sign == Sign.WELL || refused) {
                this.alive = true;
            }
        }

        private void decide() {
            boolean late = HangCheck.this.timers.nanoTime() - this.dueNanos > LATE_NANOS;
            if (!this.alive && late && !this.waitedAgain) {
                this.waitedAgain = true;
                await();
                return;
            }
            HangCheck.this.question = null;
            if (!this.alive) {
                HangCheck.this.hung.accept(this.timeout);
            }
        }

    }

}
