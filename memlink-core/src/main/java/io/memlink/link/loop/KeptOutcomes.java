package io.memlink.link.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * The outcomes of one loop whose callers did not wait for them when they came, or do
 * something else first. Those that a caller has not asked for after a while, or has left,
 * are told by others, in threads that may be blocked by what runs then. Safe for use by
 * many threads, except for what says otherwise.
 */
final class KeptOutcomes {

    private final Executor threads;

    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();

    /** Those that were kept for some time already; with the turn of the loop. */
    private List<Kept> longer = new ArrayList<>();

    /** Whether nobody looks after what is kept. */
    private volatile boolean ended;

    KeptOutcomes(Executor threads) {
        this.threads = threads;
    }

    Kept keep(Awaited answered) {
        Kept keeping = new Kept(answered);
        keep(keeping);
        return keeping;
    }

    private void keep(Kept keeping) {
        this.kept.add(keeping);
        if (this.ended) {
            tellAll();
        }
    }

    /** Nobody comes for it. */
    void tell(Awaited answered) {
        tellInBackground(new Kept(answered));
    }

    /** Has those told that were kept the time before; with the turn of the loop. */
    void tellLate() {
        List<Kept> late = this.longer;
        this.longer = new ArrayList<>();
        for (Kept next = this.kept.poll(); next != null; next = this.kept.poll()) {
            this.longer.add(next);
        }
        late.forEach(this::tellInBackground);
    }

    /** What runs then may wait for something that is told by this loop. */
    private void tellInBackground(Kept late) {
        if (late.answered == null) {
            return;
        }
        try {
            this.threads.execute(late::tell);
        }
        catch (RejectedExecutionException ex) {
            keep(late);
        }
    }

    /** The loop ends, so that nobody looks after them any more; with its turn. */
    void end() {
        this.kept.addAll(this.longer);
        this.ended = true;
        tellAll();
    }

    private void tellAll() {
        for (Kept next = this.kept.poll(); next != null; next = this.kept.poll()) {
            next.tell();
        }
    }

    /** An outcome that is kept, until somebody has told it. */
    static final class Kept {

        private volatile @Nullable Awaited answered;

        Kept(Awaited answered) {
            this.answered = answered;
        }

        private void tell() {
            Awaited answered = this.answered;
            if (answered != null) {
                answered.tell();
            }
        }

        /** It was told; what was read need not be kept for it. */
        void forget() {
            this.answered = null;
        }

    }

}
