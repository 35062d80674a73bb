package io.memlink.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.memlink.MemlinkClient;
import io.memlink.meta.Expiration;

/** Callers of the operations of clients, on keys. */
final class KeyWorkload implements Workload {

    /** Makes one for any simulation. */
    static final Type TYPE = new Type() {

        @Override
        public Settings settings(long seed, Settings usual) {
            return usual;
        }

        @Override
        public Workload create(World world) {
            return new KeyWorkload(world);
        }

    };

    private final World world;

    private final History history;

    private final List<Caller> callers = new ArrayList<>();

    private KeyWorkload(World world) {
        this.world = world;
        this.history = new History(world.time(), world.trace(),
                new History.Gutters(world.gutters(), TimeUnit.SECONDS.toNanos(Simulation.GUTTER_SECONDS + 1)));
    }

    @Override
    public Chronicle chronicle() {
        return this.history;
    }

    @Override
    public String settings() {
        return "keys";
    }

    @Override
    public Application use(SimulatedClient client) {
        for (int i = 0; i < this.world.settings().callers(); i++) {
            this.callers.add(new Caller(client, this.world.time(),
                    this.world.chance("caller " + client.number() + " " + i), this.world.settings(), this.history));
        }
        return Application.NOTHING_ELSE;
    }

    @Override
    public void begin() {
        this.callers.forEach(User::begin);
    }

    @Override
    public void stop() {
        this.callers.forEach(User::stop);
    }

    @Override
    public void checkInPeace(Simulation simulation, List<SimulatedClient> clients) {
        for (SimulatedClient client : clients) {
            for (int i = 1; i <= this.world.settings().keys(); i++) {
                everythingWorks(simulation, client, "k" + i);
                leasesAreGivenBack(simulation, client, "l" + i);
            }
        }
    }

    private void everythingWorks(Simulation simulation, SimulatedClient client, String key) {
        MemlinkClient memlink = client.memlink();
        byte[] value = ("calm " + key).getBytes(StandardCharsets.UTF_8);
        Duration life = Duration.ofSeconds(100).multipliedBy(this.world.settings().pace().lives());
        this.history.calm();
        simulation.await(client, "set " + key, memlink.set(key, value, Expiration.after(life)));
        byte[] read = simulation.await(client, "get " + key, memlink.get(key));
        if (!Arrays.equals(read, value)) {
            client.fail("read " + ((read != null) ? new String(read, StandardCharsets.UTF_8) : "nothing") + " as " + key
                    + " after it was set in peace");
        }
        if (!Boolean.TRUE.equals(simulation.await(client, "delete " + key, memlink.delete(key)))) {
            client.fail("found nothing to delete as " + key);
        }
        if (simulation.await(client, "get " + key, memlink.get(key)) != null) {
            client.fail("read " + key + " after it was deleted in peace");
        }
    }

    /**
     * Returns who has a lease of a key. One may be left where the key has been before,
     * and live for long where it was marked stale.
     */
    private Set<Machine> leased(String key) {
        return this.world.machines().stream().filter((machine) -> {
            byte[] item = machine.find(key);
            return item != null && item.length == 0;
        }).collect(Collectors.toSet());
    }

    /** Others need not wait for a load that has failed. */
    private void leasesAreGivenBack(Simulation simulation, SimulatedClient client, String key) {
        simulation.await(client, "invalidate " + key, client.memlink().invalidate(key));
        Set<Machine> before = leased(key);
        CompletableFuture<?> load = client.memlink().getOrLoad(key, () -> {
            throw new IllegalStateException("sabotage");
        }, Loaders.POLICY);
        // The reply to that, and what sabotage has made it owe, may take the few places
        // that there are.
        boolean given = simulation.await(TimeUnit.SECONDS.toNanos(2),
                () -> load.isDone() && client.isIdle() && before.containsAll(leased(key)));
        if (!given || !load.isCompletedExceptionally()) {
            client.fail("still has the lease of " + key + " after its load has failed");
        }
    }

}
