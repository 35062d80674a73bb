package io.memlink.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.meta.Expiration;

/** What has to be so after all was set right. */
final class Aftermath {

    /** How long a backend may be out of use that was down. */
    private static final long RECOVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);

    /** The same, for one that has often been ejected. */
    private static final long LONGEST_EJECTION_NANOS = TimeUnit.SECONDS.toNanos(14);

    /** How long the last delete of a quarantine may take. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Simulation simulation;

    private final List<SimulatedClient> clients;

    private final List<Machine> machines;

    private final Settings settings;

    private final History history;

    Aftermath(Simulation simulation, List<SimulatedClient> clients, List<Machine> machines, Settings settings,
            History history) {
        this.simulation = simulation;
        this.clients = clients;
        this.machines = machines;
        this.settings = settings;
        this.history = history;
    }

    void check() {
        this.simulation.pass(RECOVERY_NANOS);
        for (SimulatedClient client : this.clients) {
            for (BackendStatus backend : client.memlink().backends()) {
                if (backend.state() != State.UP && !client.hasEjected(backend.address())) {
                    fail(client, "still out of use: " + backend);
                }
            }
        }
        this.simulation.pass(LONGEST_EJECTION_NANOS);
        for (SimulatedClient client : this.clients) {
            for (BackendStatus backend : client.memlink().backends()) {
                if (backend.state() != State.UP) {
                    fail(client, "still not used: " + backend);
                }
            }
        }
        this.simulation.pass(QUIET_NANOS);
        // A ping may be under way.
        if (!this.simulation.await(PING_NANOS, () -> leftOvers().isEmpty())) {
            throw new Violation("left over: " + leftOvers());
        }
        for (SimulatedClient client : this.clients) {
            for (int i = 1; i <= this.settings.keys(); i++) {
                everythingWorks(client, "k" + i);
                leasesAreGivenBack(client, "l" + i);
            }
        }
        this.clients.forEach(SimulatedClient::close);
        this.simulation.pass(CLOSE_NANOS);
        for (SimulatedClient client : this.clients) {
            if (client.heldBytes() != 0) {
                fail(client, client.heldBytes() + " bytes are left after the end");
            }
        }
        for (Machine machine : this.machines) {
            if (!machine.sessions().isEmpty()) {
                throw new Violation(machine + ": " + "left after the end: " + machine.sessions());
            }
        }
    }

    private List<String> leftOvers() {
        return this.clients.stream().flatMap((client) -> client.leftOvers().stream()).toList();
    }

    private void everythingWorks(SimulatedClient client, String key) {
        MemlinkClient memlink = client.memlink();
        byte[] value = ("calm " + key).getBytes(StandardCharsets.UTF_8);
        this.history.calm();
        await(client, "set " + key, memlink.set(key, value, Expiration.after(Duration.ofSeconds(100))));
        byte[] read = await(client, "get " + key, memlink.get(key));
        if (!Arrays.equals(read, value)) {
            fail(client, "read " + ((read != null) ? new String(read, StandardCharsets.UTF_8) : "nothing") + " as "
                    + key + " after it was set in peace");
        }
        if (!Boolean.TRUE.equals(await(client, "delete " + key, memlink.delete(key)))) {
            fail(client, "found nothing to delete as " + key);
        }
        if (await(client, "get " + key, memlink.get(key)) != null) {
            fail(client, "read " + key + " after it was deleted in peace");
        }
    }

    /** Others need not wait for a load that has failed. */
    private void leasesAreGivenBack(SimulatedClient client, String key) {
        await(client, "invalidate " + key, client.memlink().invalidate(key));
        CompletableFuture<?> load = client.memlink().getOrLoad(key, () -> {
            throw new IllegalStateException("sabotage");
        }, Loaders.POLICY);
        boolean given = this.simulation.await(TimeUnit.SECONDS.toNanos(2),
                () -> load.isDone() && this.machines.stream().allMatch((machine) -> machine.find(key) == null));
        if (!given || !load.isCompletedExceptionally()) {
            fail(client, "still has the lease of " + key + " after its load has failed");
        }
    }

    private <T> T await(SimulatedClient client, String what, CompletableFuture<T> future) {
        this.simulation.await(TimeUnit.SECONDS.toNanos(2), future::isDone);
        if (!future.isDone() || future.isCompletedExceptionally()) {
            fail(client, what + ": " + future.handle((value, failure) -> String.valueOf(failure)).getNow("not ended"));
        }
        return future.join();
    }

    private static void fail(SimulatedClient client, String what) {
        throw new Violation("client " + client.number() + ": " + what);
    }

}
