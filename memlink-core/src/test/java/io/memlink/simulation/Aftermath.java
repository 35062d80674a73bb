package io.memlink.simulation;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;

/** What has to be so after all was set right. */
final class Aftermath {

    /** How long a backend may be out of use that was down. */
    private static final long RECOVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);

    /** The same, for one that has often been ejected. */
    private static final long LONGEST_EJECTION_NANOS = TimeUnit.SECONDS.toNanos(14);

    /** How long a client may take to stop, and its application before it. */
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long the last delete of a quarantine may take. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Simulation simulation;

    private final List<SimulatedClient> clients;

    private final List<Machine> machines;

    private final Workload workload;

    Aftermath(Simulation simulation, List<SimulatedClient> clients, List<Machine> machines, Workload workload) {
        this.simulation = simulation;
        this.clients = clients;
        this.machines = machines;
        this.workload = workload;
    }

    void check() {
        if (!this.simulation.await(STOP_NANOS, () -> this.clients.stream().allMatch(SimulatedClient::isRunning))) {
            throw new Violation("a client that was stopped has not started again");
        }
        this.simulation.pass(RECOVERY_NANOS);
        for (SimulatedClient client : this.clients) {
            for (BackendStatus backend : client.memlink().backends()) {
                if (backend.state() != State.UP && !client.hasEjected(backend.address())) {
                    client.fail("still out of use: " + backend);
                }
            }
        }
        this.simulation.pass(LONGEST_EJECTION_NANOS);
        for (SimulatedClient client : this.clients) {
            for (BackendStatus backend : client.memlink().backends()) {
                if (backend.state() != State.UP) {
                    client.fail("still not used: " + backend);
                }
            }
        }
        this.simulation.pass(QUIET_NANOS);
        // A ping may be under way.
        if (!this.simulation.await(PING_NANOS, () -> leftOvers().isEmpty())) {
            throw new Violation("left over: " + leftOvers());
        }
        this.workload.checkInPeace(this.simulation, this.clients);
        this.clients.forEach(SimulatedClient::close);
        this.simulation.pass(CLOSE_NANOS);
        for (SimulatedClient client : this.clients) {
            if (client.heldBytes() != 0) {
                client.fail(client.heldBytes() + " bytes are left after the end");
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

}
