package io.memlink.cluster.health;

import java.time.Instant;
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
 * The state of one backend: whether it can be used. Confined to the timers of its
 * cluster; any thread may ask. <pre>
 *              told                       timeouts or errors, if not too many are ejected
 *  CONNECTING ----------> UP --------------------------------------------------&gt; EJECTED
 *      |                  | ^ |                                                   |   ^
 *      |                  | | | its journal is lost                 3 good probes, |  |
 *      | dial failed,     | | +----------------------+              or too many    |  |
 *      | or not told      | | told what it missed    v              are ejected    |  | not
 *      |                  | +------------------------- RETURNING &lt;----------------+  | told
 *      |                  |                             ^  |  |                      |
 *      |                  | no connection,    2 good    |  |  +----------------------+
 *      |                  | dial failed       probes    |  | no connection, or not told
 *      +------------------+---------------&gt; DOWN -------+  |
 *                                            ^             |
 *                                            +-------------+
 *
 *  from each: drain ---&gt; DRAINED --- restore ---&gt; EJECTED;  from UP: eject ---&gt; EJECTED
 * </pre> There is one way to {@code UP}, and it passes settlement: whoever owes nothing
 * is settled at once. What could go wrong:
 * <ul>
 * <li>A probe or a settlement ends in another state than it began in: it names its turn,
 * and each change begins another one.</li>
 * <li>Requests are sent before the settlement is over: not while {@code refusal} is set;
 * in {@code CONNECTING} they wait for the connection, and each finds by itself what its
 * key is owed ({@link io.memlink.cluster.journal.OwedRequest}), which is not enough after
 * an overflow, so such a backend begins in {@code DOWN}.</li>
 * <li>A key is added to the journal during the settlement: it is found in the same
 * way.</li>
 * </ul>
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

    private final ProbeSchedule probes;

    private final OutageHistory ejections = new OutageHistory();

    /**
     * Counted apart: one that was restarted a few times was not unhealthy each time, or
     * its first ejection would last for seconds.
     */
    private final OutageHistory losses = new OutageHistory();

    private volatile State state = State.CONNECTING;

    private volatile Instant since;

    private volatile @Nullable MemlinkException refusal;

    private volatile @Nullable MemlinkException lastFailure;

    /** What a settlement that fails leads back to. */
    private State unsettled = State.DOWN;

    /** Results that were asked for in another turn come too late. */
    private int turn;

    /** The turn of the latest probes. */
    private int probing = -1;

    /** The turn of the first settlement. */
    private int settling = -1;

    private long notBeforeNanos;

    private volatile boolean retired;

    public NodeHealth(Backend backend, Timers timers, Actions actions) {
        this.backend = backend;
        this.timers = timers;
        this.actions = actions;
        this.probes = new ProbeSchedule(timers::random);
        this.since = timers.now();
        this.notBeforeNanos = timers.nanoTime();
    }

    /** The actions that the state machine leaves to others. */
    public interface Actions {

        void stateChanged(State before, State after, @Nullable MemlinkException cause);

        /** Returns whether one more backend may be ejected. */
        boolean mayEject();

        /** Probes the backend after a while, and calls {@link #probed} with the turn. */
        void probe(int turn, long delayNanos);

        /** Returns whether the backend has been told all that it missed. */
        boolean isSettled();

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
            if (this.settling == this.turn) {
                return;
            }
            this.unsettled = State.DOWN;
            settle();
        }
        else if ((this.state == State.DOWN || this.state == State.EJECTED) && !isProbing()) {
            beginProbes(0);
        }
    }

    /**
     * Returns whether probes go on, and none has to wait for a failure: if they began
     * anew with each connection, those that are renewed often would let none be enough.
     */
    private boolean isProbing() {
        return this.probing == this.turn && !this.probes.hasFailed();
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
            keepOut(this.losses, CAP_DOWN_NANOS);
        }
        else {
            // Whatever it was ejected for may have ended with the process.
            long latest = this.timers.nanoTime() + CAP_DOWN_NANOS;
            this.notBeforeNanos = (this.notBeforeNanos - latest > 0) ? latest : this.notBeforeNanos;
        }
        this.unsettled = State.DOWN;
        change(State.DOWN, cause);
    }

    /** Results of requests show that the backend is unhealthy. */
    public void suspected(MemlinkException cause) {
        this.lastFailure = cause;
        if (this.state == State.UP && !this.retired && this.actions.mayEject()) {
            keepOut(this.ejections, MAX_EJECTION_NANOS);
            eject(cause, "ejected after: " + cause.getMessage());
            beginProbes(0);
        }
    }

    private void keepOut(OutageHistory history, long capNanos) {
        long now = this.timers.nanoTime();
        this.notBeforeNanos = now + history.add(now, capNanos);
    }

    private void eject(@Nullable MemlinkException cause, String why) {
        this.refusal = new MemlinkConnectionException(Reason.EJECTED, Outcome.NOT_SENT, this.backend + ": " + why,
                cause);
        this.unsettled = State.EJECTED;
        change(State.EJECTED, cause);
    }

    private void beginProbes(long delayNanos) {
        boolean down = this.state == State.DOWN;
        this.probes.begin(down ? GOOD_PROBES_DOWN : GOOD_PROBES_EJECTED, down ? CAP_DOWN_NANOS : CAP_EJECTED_NANOS);
        this.probing = ++this.turn;
        this.actions.probe(this.turn, delayNanos);
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

    private void settle() {
        if (this.actions.isSettled()) {
            use();
            return;
        }
        if (this.state != State.CONNECTING) {
            change(State.RETURNING, null);
        }
        this.settling = ++this.turn;
        this.actions.settle(this.turn);
    }

    /** The only way to {@code UP}. */
    private void use() {
        change(State.UP, null);
    }

    /** The backend knows what it missed, or could not be told. */
    public void settled(int turn, @Nullable MemlinkException failure) {
        if (turn != this.turn) {
            return;
        }
        if (failure == null) {
            use();
            return;
        }
        this.lastFailure = failure;
        if (this.refusal == null) {
            this.refusal = new MemlinkConnectionException(Reason.EJECTED, Outcome.NOT_SENT,
                    this.backend + ": not told yet what it missed: " + failure.getMessage(), failure);
        }
        change(this.unsettled, failure);
        beginProbes(this.probes.delayNanos());
        this.probes.failed();
    }

    /** Too many backends are ejected: it is not them who are unhealthy. */
    void absolve() {
        if (this.state == State.EJECTED) {
            settle();
        }
    }

    /** What the backend missed was lost, and it has to be told in another way. */
    public void unsettle() {
        if (this.state == State.UP && !this.retired) {
            eject(null, "has to be settled, since its journal overflowed");
            settle();
        }
    }

    /** Takes the backend for unhealthy, because somebody says so. */
    public void eject() {
        if (this.state == State.UP && !this.retired) {
            keepOut(this.ejections, MAX_EJECTION_NANOS);
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

    /**
     * Puts the backend back that was taken out by hand, or is kept out: whoever does so
     * says that it is well, so that it need not prove that for long.
     */
    public void restore() {
        if (this.state == State.DRAINED) {
            eject(null, "restored by hand, and not tried yet");
        }
        if (this.state == State.EJECTED) {
            this.notBeforeNanos = this.timers.nanoTime();
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
        this.since = this.timers.now();
        if (after == State.UP) {
            // Before the state, so that who sees it can rely on it.
            this.refusal = null;
        }
        this.state = after;
        this.actions.stateChanged(before, after, cause);
    }

}
