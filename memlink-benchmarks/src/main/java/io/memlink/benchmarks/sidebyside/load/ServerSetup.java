package io.memlink.benchmarks.sidebyside.load;

/**
 * The servers of a workload, and the connections to them.
 *
 * @param processes how many memcached there are
 * @param addresses at how many addresses each of them listens; each is a backend to the
 * client
 * @param connections of each client to each backend; zero for its default
 * @param encrypted whether connections use TLS
 */
public record ServerSetup(int processes, int addresses, int connections, boolean encrypted) {

    static final ServerSetup ONE = new ServerSetup(1, 1, 0, false);

    ServerSetup withProcesses(int count) {
        return new ServerSetup(count, this.addresses, this.connections, this.encrypted);
    }

    ServerSetup withAddresses(int count) {
        return new ServerSetup(this.processes, count, this.connections, this.encrypted);
    }

    ServerSetup withConnections(int count) {
        return new ServerSetup(this.processes, this.addresses, count, this.encrypted);
    }

    ServerSetup withEncryption() {
        return new ServerSetup(this.processes, this.addresses, this.connections, true);
    }

}
