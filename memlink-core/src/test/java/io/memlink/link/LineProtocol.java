package io.memlink.link;

import java.util.concurrent.CompletableFuture;

/** Greets memcached as far as the tests of this package need it. */
public final class LineProtocol implements Protocol {

    @Override
    public CompletableFuture<String> greet(Link connection) {
        return connection.send(LineRequest.of("version"));
    }

    @Override
    public Request<?> ping() {
        return LineRequest.of("mn");
    }

}
