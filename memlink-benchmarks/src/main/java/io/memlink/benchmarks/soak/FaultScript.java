package io.memlink.benchmarks.soak;

import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.memlink.benchmarks.soak.FaultProxy.Mode;
import io.memlink.benchmarks.soak.FaultProxy.Spoiling;

/**
 * Chooses one fault after another by a seed, lets each last for a while, and has the time
 * of recovery measured when it is over. Confined to one thread. The same seed makes the
 * same faults in the same order, whoever the clients are.
 */
public final class FaultScript {

    private static final Mode[] MODES = { Mode.STALL, Mode.STALL, Mode.BLACKHOLE, Mode.DELAY, Mode.SLICE, Mode.REFUSE };

    private final Random random;

    private final List<RealServer> servers;

    private final List<List<FaultProxy>> networks;

    private final List<Spoiling> spoilings;

    private final Recovery recovery;

    private final Verdicts verdicts;

    /**
     * Prepares the faults.
     * @param seed what they follow from
     * @param servers what is killed and paused
     * @param networks the networks of each client, one to each server
     * @param spoilings what is done to replies, nothing if empty
     * @param recovery what hears of the end of each
     * @param verdicts where they are counted
     */
    public FaultScript(long seed, List<RealServer> servers, List<List<FaultProxy>> networks, List<Spoiling> spoilings,
            Recovery recovery, Verdicts verdicts) {
        this.random = new Random(seed);
        this.servers = servers;
        this.networks = networks;
        this.spoilings = spoilings;
        this.recovery = recovery;
        this.verdicts = verdicts;
    }

    /** Makes one fault, and returns when it is over and a while has passed. */
    public void next() throws InterruptedException {
        int server = this.random.nextInt(this.servers.size());
        int client = this.random.nextInt(this.networks.size());
        FaultProxy network = this.networks.get(client).get(server);
        switch (this.random.nextInt(6)) {
            case 0 -> kill(server);
            case 1 -> standStill(server);
            case 2 -> cut(client, server, network);
            case 3 -> spoil(network);
            default -> disturb(client, server, network);
        }
        Thread.sleep(this.random.nextInt(1500));
    }

    private void kill(int server) throws InterruptedException {
        count("kill");
        beginsForAll(server);
        this.servers.get(server).kill().run();
        Thread.sleep(this.random.nextInt(1500));
        this.servers.get(server).restart().run();
        overForAll(server, "kill");
    }

    private void standStill(int server) throws InterruptedException {
        count("pause");
        beginsForAll(server);
        this.servers.get(server).pause().run();
        Thread.sleep(duration());
        this.servers.get(server).resume().run();
        overForAll(server, "pause");
    }

    private void beginsForAll(int server) {
        for (int client = 0; client < this.networks.size(); client++) {
            this.recovery.begins(client, server);
        }
    }

    private void overForAll(int server, String fault) {
        for (int client = 0; client < this.networks.size(); client++) {
            this.recovery.over(client, server, fault);
        }
    }

    private void cut(int client, int server, FaultProxy network) {
        this.recovery.begins(client, server);
        switch (this.random.nextInt(3)) {
            case 0 -> {
                count("reset");
                network.reset();
            }
            case 1 -> {
                count("end in order");
                network.finish();
            }
            default -> {
                count("half close");
                network.halfClose();
            }
        }
        this.recovery.over(client, server, "cut");
    }

    private void spoil(FaultProxy network) {
        int chosen = this.random.nextInt(Spoiling.values().length - 1);
        if (this.spoilings.isEmpty()) {
            return;
        }
        Spoiling spoiling = this.spoilings.get(chosen % this.spoilings.size());
        count(spoiling.name().toLowerCase(Locale.ROOT) + " a reply");
        network.spoilNext(spoiling);
    }

    private void disturb(int client, int server, FaultProxy network) throws InterruptedException {
        Mode mode = MODES[this.random.nextInt(MODES.length)];
        count(mode.name().toLowerCase(Locale.ROOT));
        this.recovery.begins(client, server);
        network.setMode(mode);
        Thread.sleep(duration());
        network.setMode(Mode.PASS);
        this.recovery.over(client, server, mode.name().toLowerCase(Locale.ROOT));
    }

    // Most faults are short, some are long.
    private int duration() {
        return 20 + this.random.nextInt((this.random.nextInt(4) == 0) ? 4000 : 400);
    }

    private void count(String fault) {
        this.verdicts.count("fault " + fault);
    }

}
