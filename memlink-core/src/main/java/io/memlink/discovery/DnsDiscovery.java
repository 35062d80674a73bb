package io.memlink.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.check.Require;
import io.memlink.placement.Backend;

/**
 * A discovery that takes each address of some names for one backend. Fails as a whole
 * where one of the names cannot be looked up, since the others alone would look as if its
 * backends had gone.
 *
 * @param names what is looked up
 * @param addresses asks for the addresses of a name
 */
record DnsDiscovery(List<Backend> names,
        Function<String, CompletableFuture<List<String>>> addresses) implements Discovery {

    static List<Backend> parse(Collection<String> names) {
        List<String> present = Require.present("names", names);
        if (present.isEmpty()) {
            throw new IllegalArgumentException("names: [] (expected: at least one)");
        }
        return present.stream().map(Backend::parse).toList();
    }

    @Override
    public CompletableFuture<List<Backend>> lookup() {
        CompletableFuture<List<Backend>> all = CompletableFuture.completedFuture(List.of());
        for (Backend name : this.names) {
            all = all.thenCombine(this.addresses.apply(name.host()), (before, found) -> joined(before, name, found));
        }
        return all;
    }

    private static List<Backend> joined(List<Backend> before, Backend name, List<String> found) {
        Set<Backend> joined = new LinkedHashSet<>(before);
        found.forEach((address) -> joined.add(Backend.of(address, name.port())));
        return new ArrayList<>(joined);
    }

}
