package io.memlink.link;

import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.SyncCaller;

/**
 * The choice of a connection by a request behind which no other of its affinity is
 * pending. Safe for use by many threads.
 */
@FunctionalInterface
interface LaneChoice {

    /**
     * Chooses a connection.
     * @param home the one where asynchronous requests of its affinity go
     * @param slots all of them; at least two
     * @return the index of one
     */
    int choose(int home, ConnectionSlot[] slots);

    /**
     * A thread that waits for the reply takes the connection where it finds the fewest
     * others, since two that share one have to wake each other; what else it sends in the
     * same call goes to the same event loop. Where more wait than would stand in for an
     * event loop, they share one, which sends and reads for all of them at once.
     */
    static int leastBusyWhereFewWait(int home, ConnectionSlot[] slots) {
        SyncCaller caller = SyncCaller.sending();
        if (caller == null || !slots[home].loop().callersLead()) {
            return home;
        }
        DrivenLoop awaited = caller.loop();
        int chosen = home;
        int least = Integer.MAX_VALUE;
        int waiting = 0;
        for (int i = 0; i < slots.length; i++) {
            ConnectionSlot slot = slots[i];
            int callers = slot.loop().callers();
            waiting += callers;
            if (slot.isUp()) {
                int busy = (slot.loop() == awaited) ? -1 : callers + slot.connection().gate().requests();
                if (busy < least) {
                    least = busy;
                    chosen = i;
                }
            }
        }
        return (waiting < DrivenLoop.MAX_CALLERS) ? chosen : home;
    }

}
