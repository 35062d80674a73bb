package io.memlink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.routing.Router;
import io.memlink.meta.Key;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;

/**
 * Copies on the backends of a router. They are ranked as the locator ranks them for the
 * key; those that it does not rank follow in an order that is the same in all clients.
 *
 * @param router sends the requests
 * @param running returns the one of the running client, which is another one after a
 * start
 * @param membership the number of the list of backends
 * @param backends the identities of those that were chosen
 */
record RoutedKeyCopies(Router router, Supplier<Router> running, long membership,
        List<String> backends) implements KeyCopies {

    static RoutedKeyCopies of(Supplier<Router> running, Key key, int atMost) {
        if (atMost < 1) {
            throw new IllegalArgumentException("atMost: " + atMost + " (expected: 1 or more)");
        }
        Router router = running.get();
        // Where the list changes meanwhile, the number is outdated.
        long membership = router.membership().generation();
        List<String> ranked = new ArrayList<>(router.explain(key).candidates().stream().map(Backend::id).toList());
        router.membership()
            .backends()
            .stream()
            .map((status) -> status.address().id())
            .filter((id) -> !ranked.contains(id))
            .sorted(Comparator.comparingLong((id) -> rank(key, id)))
            .toList()
            .forEach(ranked::add);
        return new RoutedKeyCopies(router, running, membership, ranked.stream().limit(atMost).toList());
    }

    /** FNV-1a, mixed, since neighbours differ in their last characters only. */
    private static long rank(Key key, String id) {
        long hash = 0xcbf29ce484222325L;
        for (char c : (key.encodedText() + ' ' + id).toCharArray()) {
            hash = (hash ^ c) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }

    @Override
    public int count() {
        return this.backends.size();
    }

    @Override
    public boolean isCurrent() {
        return this.running.get() == this.router && this.router.membership().generation() == this.membership;
    }

    @Override
    public boolean isUsable(int index) {
        String id = this.backends.get(index);
        return this.router.membership()
            .backends()
            .stream()
            .filter((status) -> status.address().id().equals(id))
            .map(BackendStatus::state)
            .anyMatch((state) -> state == State.UP || state == State.CONNECTING);
    }

    @Override
    public <R> CompletableFuture<R> send(int index, MetaRequest<R> request) {
        return this.router.send(this.backends.get(index), Objects.requireNonNull(request, "request"));
    }

}
