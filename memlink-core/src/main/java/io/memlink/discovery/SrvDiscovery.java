package io.memlink.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.check.Require;
import io.memlink.link.Endpoint;
import io.memlink.placement.Backend;

/**
 * A discovery that takes each target of some services for one backend. Fails as a whole
 * where one of them cannot be looked up.
 *
 * @param names what is looked up
 * @param services asks for the targets of a service
 */
record SrvDiscovery(List<String> names,
        Function<String, CompletableFuture<List<Endpoint>>> services) implements Discovery {

    static List<String> requireNames(Collection<String> names) {
        List<String> present = Require.present("names", names);
        if (present.isEmpty()) {
            throw new IllegalArgumentException("names: [] (expected: at least one)");
        }
        return present;
    }

    @Override
    public CompletableFuture<List<Backend>> lookup() {
        CompletableFuture<List<Backend>> all = CompletableFuture.completedFuture(List.of());
        for (String name : this.names) {
            all = all.thenCombine(this.services.apply(name), SrvDiscovery::joined);
        }
        return all;
    }

    private static List<Backend> joined(List<Backend> before, List<Endpoint> found) {
        Set<Backend> joined = new LinkedHashSet<>(before);
        found.forEach((target) -> joined.add(Backend.of(target.host(), target.port())));
        return new ArrayList<>(joined);
    }

}
