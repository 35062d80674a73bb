package io.memlink.benchmarks.soak;

import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.memlink.benchmarks.soak.FaultProxy.Mode;
import io.memlink.benchmarks.soak.FaultProxy.Spoiling;
import io.memlink.test.MemcachedProcess;

/**
 * Chooses one fault after another by a seed, lets each last for a while, and has the time
 * of recovery measured when it is over. Confined to one thread.
 */
final class FaultScript {

    private static final Mode[] MODES = { Mode.STALL, Mode.STALL, Mode.BLACKHOLE, Mode.DELAY, Mode.SLICE, Mode.REFUSE };

    private static final Spoiling[] SPOILINGS = { Spoiling.DROP, Spoiling.DUPLICATE, Spoiling.FLIP };

    private final Random random;

    private final List<MemcachedProcess> servers;

    private final List<SoakClient> clients;

    private final Recovery recovery;

    private final Verdicts verdicts;

    FaultScript(long seed, List<MemcachedProcess> servers, List<SoakClient> clients, Recovery recovery,
            Verdicts verdicts) {
        this.random = new Random(seed);
        this.servers = servers;
        this.clients = clients;
        this.recovery = recovery;
        this.verdicts = verdicts;
    }

    /** Makes one fault, and returns when it is over and a while has passed. */
    void next() throws InterruptedException {
        int server = this.random.nextInt(this.servers.size());
        SoakClient client = this.clients.get(this.random.nextInt(this.clients.size()));
        FaultProxy network = client.networks.get(server);
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
        this.servers.get(server).kill();
        Thread.sleep(this.random.nextInt(1500));
        this.servers.get(server).restart();
        this.clients.forEach((client) -> this.recovery.over(client, server, "kill"));
    }

    private void standStill(int server) throws InterruptedException {
        count("pause");
        this.servers.get(server).pause();
        Thread.sleep(duration());
        this.servers.get(server).resume();
        this.clients.forEach((client) -> this.recovery.over(client, server, "pause"));
    }

    private void cut(SoakClient client, int server, FaultProxy network) {
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
        Spoiling spoiling = SPOILINGS[this.random.nextInt(SPOILINGS.length)];
        count(spoiling.name().toLowerCase(Locale.ROOT) + " a reply");
        network.spoilNext(spoiling);
    }

    private void disturb(SoakClient client, int server, FaultProxy network) throws InterruptedException {
        Mode mode = MODES[this.random.nextInt(MODES.length)];
        count(mode.name().toLowerCase(Locale.ROOT));
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
