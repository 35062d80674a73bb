package io.memlink.meta;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.memlink.error.MemlinkException;
import io.memlink.link.ConnectionPool;
import io.memlink.link.Endpoint;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Request;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.test.MemcachedProcess;

/**
 * One connection to a real server, used from one thread.
 */
public final class TestServerLink implements AutoCloseable {

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    private final ConnectionPool pool;

    private TestServerLink(MemcachedProcess server) {
        LinkOptions options = LinkOptions.builder().requestTimeout(Duration.ofSeconds(10)).build();
        this.pool = new ConnectionPool(new Endpoint("127.0.0.1", server.port()), new MemcachedProtocol(null), options,
                this.resources);
    }

    public static TestServerLink to(MemcachedProcess server) {
        return new TestServerLink(server);
    }

    public <R> CompletableFuture<R> sendLater(Request<R> request) {
        return this.pool.send(request);
    }

    public <R> R send(Request<R> request) {
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
