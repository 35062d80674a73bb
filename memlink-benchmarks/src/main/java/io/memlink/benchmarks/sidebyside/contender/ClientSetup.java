package io.memlink.benchmarks.sidebyside.contender;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a client has to get on with.
 *
 * @param addresses of the backends
 * @param trustStore that of {@link TlsFiles}, where TLS is wanted
 * @param connections to each backend; zero for the default of the client
 * @param pending how many operations can be pending at once
 * @param valueBytes size of each value
 */
public record ClientSetup(List<String> addresses, @Nullable Path trustStore, int connections, int pending,
        int valueBytes) {

    /** Returns how many connections there are to be to each backend. */
    int connectionsOr(int byDefault) {
        return (this.connections > 0) ? this.connections : byDefault;
    }

    ClientSetup withConnections(int count) {
        return new ClientSetup(this.addresses, this.trustStore, count, this.pending, this.valueBytes);
    }

}
