package io.memlink.benchmarks.soak;

import java.util.List;
import java.util.Random;

import io.memlink.test.MemcachedProcess;

/**
 * Pauses one server after another, and kills some of them, as a seed decides. Confined to
 * one thread.
 */
final class ServerFaults {

    private static final int SHORTEST_MILLIS = 50;

    private static final int LONGEST_MILLIS = 1500;

    /** So many faults in a row, and then so much rest that all journals become empty. */
    private static final int FAULTS = 20;

    private static final int REST_MILLIS = 9000;

    private final Random random;

    private final List<MemcachedProcess> servers;

    private final Verdicts verdicts;

    private int made;

    ServerFaults(long seed, List<MemcachedProcess> servers, Verdicts verdicts) {
        this.random = new Random(seed);
        this.servers = servers;
        this.verdicts = verdicts;
    }

    /** Makes one fault, and returns when it is over and a while has passed. */
    void next() throws InterruptedException {
        MemcachedProcess server = this.servers.get(this.random.nextInt(this.servers.size()));
        if (this.random.nextInt(8) == 0) {
            this.verdicts.count("kills");
            server.kill();
            Thread.sleep(this.random.nextInt(LONGEST_MILLIS));
            server.restart();
        }
        else {
            this.verdicts.count("pauses");
            server.pause();
            Thread.sleep(SHORTEST_MILLIS + this.random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
            server.resume();
        }
        this.made++;
        Thread.sleep((this.made % FAULTS == 0) ? REST_MILLIS : this.random.nextInt(LONGEST_MILLIS));
    }

}
