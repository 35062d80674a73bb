package io.memlink.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who uses a client: by one call after the other, or several at once, and often
 * from what becomes of another one.
 */
abstract class User {

    private static final int MOST_DEPTH = 5;

    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final SimulatedClient client;

    private final SimulatedTime time;

    private final Chance chance;

    private final Settings settings;

    private final Chronicle history;

    private boolean stopped;

    /** How many calls it makes at the same time. */
    private int strands = 1;

    /** How many calls are being made from the end of one that ended at once. */
    private int depth;

    User(SimulatedClient client, SimulatedTime time, Chance chance, Settings settings, Chronicle history) {
        this.client = client;
        this.time = time;
        this.chance = chance;
        this.settings = settings;
        this.history = history;
    }

    final SimulatedClient client() {
        return this.client;
    }

    final void begin() {
        callAfter(this.chance.millis(0, this.settings.thinkMillis()));
    }

    final void stop() {
        this.stopped = true;
    }

    private void callAfter(long busyNanos) {
        this.time.after(this.settings.pace().length(this.time.elapsedNanos(), busyNanos), this::callIfAwake);
    }

    private void callIfAwake() {
        if (this.client.isPaused()) {
            callAfter(this.chance.millis(1, 50));
        }
        else if (!this.stopped) {
            call();
        }
    }

    /** Goes on after a call; this is a callback of it. */
    private void next() {
        if (this.stopped) {
            return;
        }
        if (this.strands > 1 && this.chance.hits(0.4)) {
            this.strands--;
            return;
        }
        if (this.depth < MOST_DEPTH && this.chance.hits(this.settings.callsInCallbacks())) {
            this.depth++;
            call();
            this.depth--;
        }
        else {
            begin();
        }
    }

    private void call() {
        // Those that are called at once are under way together, in the same connections.
        while (this.strands < this.settings.strands() && this.chance.hits(0.4)) {
            this.strands++;
            callOne();
        }
        callOne();
    }

    /** Returns whether it may call many at once, or there would be ever more. */
    final boolean isCalm() {
        return this.strands <= this.settings.strands();
    }

    /** Makes one call more at the same time, which {@link #callOne} makes by itself. */
    final void alsoCalls() {
        this.strands++;
    }

    /** Makes one call. */
    abstract void callOne();

    /**
     * Sees to it that a call ends in time, once, and goes on then.
     * @param boundNanos how long it may take
     * @param end told how it has ended
     */
    final <T> void follow(Call call, long boundNanos, CompletableFuture<T> future,
            BiConsumer<@Nullable T, @Nullable Throwable> end) {
        boolean cancels = this.chance.hits(0.03);
        boolean throwsUp = this.chance.hits(0.05);
        future.whenComplete((result, failure) -> {
            if (call.hasEnded()) {
                this.history.broken(call + ": has ended twice");
            }
            end.accept(result, failure);
            next();
            if (throwsUp) {
                throw new IllegalStateException("sabotage");
            }
        });
        if (!future.isDone()) {
            watch(call, boundNanos + SLACK_NANOS);
            if (cancels) {
                this.time.after(this.chance.millis(0, this.settings.requestTimeout().toMillis()),
                        () -> future.cancel(true));
            }
        }
    }

    private void watch(Call call, long boundNanos) {
        long paused = this.client.pausedNanos();
        this.time.after(boundNanos, () -> {
            long pausedSince = this.client.pausedNanos() - paused;
            if (call.hasEnded()) {
                return;
            }
            if (this.client.isPaused() || pausedSince > 0) {
                // What it has stood still does not count.
                watch(call, Math.max(pausedSince, SLACK_NANOS));
            }
            else {
                this.history.broken(call + ": has not ended within " + boundNanos / 1_000_000 + " ms");
            }
        });
    }

}
