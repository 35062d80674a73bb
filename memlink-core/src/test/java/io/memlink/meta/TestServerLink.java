package io.memlink.meta;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.memlink.embedded.junit.MemcachedProcess;
import io.memlink.error.MemlinkException;
import io.memlink.link.ConnectionPool;
import io.memlink.link.Endpoint;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Request;

/**
 * One connection to a real server, used from one thread.
 */
final class TestServerLink implements AutoCloseable {

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    private final ConnectionPool pool;

    private TestServerLink(MemcachedProcess server) {
        LinkOptions options = LinkOptions.builder().requestTimeout(Duration.ofSeconds(10)).build();
        this.pool = new ConnectionPool(new Endpoint("127.0.0.1", server.port()), new MemcachedProtocol(null), options,
                this.resources);
    }

    static TestServerLink to(MemcachedProcess server) {
        return new TestServerLink(server);
    }

    <R> CompletableFuture<R> sendLater(Request<R> request) {
        return this.pool.send(request);
    }

    <R> R send(Request<R> request) {
        try {
            return sendLater(request).join();
        }
        catch (CompletionException ex) {
            if (ex.getCause() instanceof MemlinkException failure) {
                throw failure;
            }
            throw ex;
        }
    }

    @Override
    public void close() {
        this.pool.close(Duration.ofSeconds(1)).join();
        this.resources.close();
    }

}
