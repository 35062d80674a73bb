package io.memlink.resp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.memlink.link.Link;
import io.memlink.link.Protocol;
import io.memlink.link.Request;

/** Greets with a ping. */
final class RespProtocol implements Protocol {

    @Override
    public CompletableFuture<Optional<String>> greet(Link connection) {
        return connection.send(new RespCommand("PING"));
    }

    @Override
    public Request<?> ping() {
        return new RespCommand("PING");
    }

}
