package io.memlink.link.loop;

/**
 * The choice of a connection by a request behind which no other of its affinity is
 * pending. Safe for use by many threads.
 */
@FunctionalInterface
public interface LaneChoice {

    /**
     * Chooses a connection.
     * @param home the one where asynchronous requests of its affinity go
     * @param lanes all of them; at least two
     * @return the index of one
     */
    int choose(int home, Lane[] lanes);

    /**
     * A thread that waits for the reply takes the connection where it finds the fewest
     * others, since two that share one have to wake each other; what else it sends in the
     * same call goes to the same event loop. Where more wait than there are connections,
     * they share one, whose event loop sends and reads for all of them at once.
     */
    static int leastBusyWhereFewWait(int home, Lane[] lanes) {
        SyncCaller caller = SyncCaller.sending();
        if (caller == null || !lanes[home].loop().isDrivable()) {
            return home;
        }
        DrivenLoop awaited = caller.loop();
        int chosen = home;
        int least = Integer.MAX_VALUE;
        int waiting = 0;
        for (int i = 0; i < lanes.length; i++) {
            // First, since that is where many wait.
            int next = (home + i) % lanes.length;
            Lane lane = lanes[next];
            int callers = lane.loop().callers();
            waiting += callers;
            if (waiting >= lanes.length) {
                return home;
            }
            if (lane.isUp()) {
                int busy = (lane.loop() == awaited) ? -1 : callers + lane.pending();
                if (busy < least) {
                    least = busy;
                    chosen = next;
                }
            }
        }
        return chosen;
    }

    /** A connection as far as the choice depends on it. Any thread asks. */
    interface Lane {

        /** Returns whether it is usable. */
        boolean isUp();

        /** Returns the event loop that it is confined to. */
        DrivenLoop loop();

        /** Returns how many requests are pending on it. */
        int pending();

    }

}
