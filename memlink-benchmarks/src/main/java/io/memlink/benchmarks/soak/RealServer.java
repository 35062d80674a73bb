package io.memlink.benchmarks.soak;

import java.net.InetSocketAddress;

import io.memlink.test.MemcachedProcess;

/**
 * A real server that can be made to fail. Its operations are those of
 * {@link MemcachedProcess}, whatever it is; each returns when it is done.
 *
 * @param address where it listens
 * @param kill ends it at once
 * @param restart starts it again on the same port, without its memory
 * @param pause lets it stand still
 * @param resume lets it go on
 */
public record RealServer(InetSocketAddress address, Runnable kill, Runnable restart, Runnable pause, Runnable resume) {

    /** Returns a memcached as such a server; whoever started it closes it. */
    public static RealServer of(MemcachedProcess process) {
        return new RealServer(process.address(), process::kill, process::restart, process::pause, process::resume);
    }

}
