package io.memlink.cluster.health;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * Whether one backend can be used. Confined to the timers of its cluster; any thread may
 * ask. <pre>
 *              connected                  timeouts or errors, if not too many are ejected
 *  CONNECTING ----------> UP --------------------------------------------------> EJECTED
 *      |                  | ^  ^                                                  |   ^
 *      |                  | |  +---- too many are ejected ------------------------+   |
 *      | dial failed      | |                                          3 good probes  |
 *      |                  | | told what it missed                                 |   | not
 *      |                  | +------------------------- RETURNING &lt;----------------+   | told
 *      |                  |                             ^  |  |                       |
 *      |                  | no connection,    2 good    |  |  +-----------------------+
 *      |                  | dial failed       probes    |  | no connection, or not told
 *      +------------------+---------------> DOWN -------+  |
 *                                            ^             |
 *                                            +-------------+
 *
 *  from each: drain ---> DRAINED --- restore ---> EJECTED;  from UP: eject ---> EJECTED
 * </pre>
 */
public final class NodeHealth {

    private static final int GOOD_PROBES_DOWN = 2;

    private static final int GOOD_PROBES_EJECTED = 3;

    /** A server that was restarted is used again within a second, however often. */
    private static final long CAP_DOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private static final long CAP_EJECTED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long MAX_EJECTION_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Backend backend;

    private final Timers timers;

    private final Actions actions;

    private final ProbeSchedule probes = new ProbeSchedule(() -> ThreadLocalRandom.current().nextDouble());

    private final EjectionHistory history = new EjectionHistory();

    private volatile State state = State.CONNECTING;

    private volatile Instant since = Instant.now();

    private volatile @Nullable MemlinkException refusal;

    private volatile @Nullable MemlinkException lastFailure;

    /** What a settlement that fails leads back to. */
    private State ill = State.DOWN;

    /** Results that were asked for in another turn come too late. */
    private int turn;

    private long notBeforeNanos;

    private volatile boolean retired;

    public NodeHealth(Backend backend, Timers timers, Actions actions) {
        this.backend = backend;
        this.timers = timers;
        this.actions = actions;
        this.notBeforeNanos = timers.nanoTime();
    }

    /** What the state machine has done by others. */
    public interface Actions {

        void stateChanged(State before, State after, @Nullable MemlinkException cause);

        /** Returns whether one more backend may be ejected. */
        boolean mayEject();

        /** Probes the backend after a while, and calls {@link #probed} with the turn. */
        void probe(int turn, long delayNanos);

        /** Tells the backend what it missed, and calls {@link #settled} with the turn. */
        void settle(int turn);

    }

    /** Returns why requests fail at once; {@code null} where they are sent. */
    public @Nullable MemlinkException refusal() {
        return this.refusal;
    }

    Backend backend() {
        return this.backend;
    }

    public State state() {
        return this.state;
    }

    public Instant since() {
        return this.since;
    }

    public @Nullable MemlinkException lastFailure() {
        return this.lastFailure;
    }

    public boolean isRetired() {
        return this.retired;
    }

    /** Returns whether the result of something that was asked for is still wanted. */
    public boolean isTurn(int turn) {
        return turn == this.turn;
    }

    /** There is a new connection. */
    public void reachable() {
        if (this.retired) {
            return;
        }
        if (this.state == State.CONNECTING) {
            change(State.UP, null);
        }
        else if (this.state == State.DOWN || this.state == State.EJECTED) {
            beginProbes(0);
        }
    }

    /** There is no connection, and none could be made. */
    public void unreachable(MemlinkException cause) {
        this.lastFailure = cause;
        State before = this.state;
        if (before == State.DRAINED || this.retired) {
            return;
        }
        this.refusal = cause;
        if (before == State.DOWN) {
            this.turn++;
            return;
        }
        if (before == State.UP) {
            keepOut(CAP_DOWN_NANOS);
        }
        this.ill = State.DOWN;
        change(State.DOWN, cause);
    }

    /** Results of requests show that the backend is ill. */
    public void suspected(MemlinkException cause) {
        this.lastFailure = cause;
        if (this.state == State.UP && !this.retired && this.actions.mayEject()) {
            keepOut(MAX_EJECTION_NANOS);
            eject(cause, "ejected after: " + cause.getMessage());
            beginProbes(0);
        }
    }

    private void keepOut(long capNanos) {
        long now = this.timers.nanoTime();
        this.notBeforeNanos = now + this.history.add(now, capNanos);
    }

    private void eject(@Nullable MemlinkException cause, String why) {
        this.refusal = new MemlinkConnectionException(Reason.EJECTED, Outcome.NOT_SENT, this.backend + ": " + why,
                cause);
        this.ill = State.EJECTED;
        change(State.EJECTED, cause);
    }

    private void beginProbes(long delayNanos) {
        boolean down = this.state == State.DOWN;
        this.probes.begin(down ? GOOD_PROBES_DOWN : GOOD_PROBES_EJECTED, down ? CAP_DOWN_NANOS : CAP_EJECTED_NANOS);
        this.actions.probe(++this.turn, delayNanos);
    }

    /** A probe was answered, or failed. */
    public void probed(int turn, @Nullable MemlinkException failure) {
        if (turn != this.turn) {
            return;
        }
        if (failure != null) {
            this.lastFailure = failure;
            this.probes.failed();
        }
        else {
            this.probes.succeeded();
        }
        if (!this.probes.isSatisfied()) {
            this.actions.probe(turn, this.probes.delayNanos());
            return;
        }
        long restNanos = this.notBeforeNanos - this.timers.nanoTime();
        if (restNanos > 0) {
            this.actions.probe(turn, restNanos);
            return;
        }
        change(State.RETURNING, null);
        this.actions.settle(this.turn);
    }

    /** The backend knows what it missed, or could not be told. */
    public void settled(int turn, @Nullable MemlinkException failure) {
        if (turn != this.turn) {
            return;
        }
        if (failure == null) {
            change(State.UP, null);
            return;
        }
        this.lastFailure = failure;
        change(this.ill, failure);
        beginProbes(this.probes.delayNanos());
    }

    /** Too many backends are ejected: it is not them who are ill. */
    void absolve() {
        if (this.state == State.EJECTED) {
            change(State.UP, null);
        }
    }

    /** Takes the backend for ill, because somebody says so. */
    public void eject() {
        if (this.state == State.UP && !this.retired) {
            keepOut(MAX_EJECTION_NANOS);
            eject(null, "ejected by hand");
            beginProbes(0);
        }
    }

    /** Takes the backend out by hand, until it is put back. */
    public void drain() {
        if (this.state != State.DRAINED) {
            this.refusal = new MemlinkConnectionException(Reason.EJECTED, Outcome.NOT_SENT,
                    this.backend + ": drained by hand", null);
            change(State.DRAINED, null);
        }
    }

    /** Puts the backend back that was taken out by hand. */
    public void restore() {
        if (this.state == State.DRAINED) {
            eject(null, "restored by hand, and not tried yet");
            beginProbes(0);
        }
    }

    /** Ends all that goes on: the backend has left. */
    public void retire() {
        this.retired = true;
        this.turn++;
    }

    private void change(State after, @Nullable MemlinkException cause) {
        State before = this.state;
        this.turn++;
        this.since = Instant.now();
        if (after == State.UP) {
            // Before the state, so that who sees it can rely on it.
            this.refusal = null;
        }
        this.state = after;
        this.actions.stateChanged(before, after, cause);
    }

}
