package io.memlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.memlink.cluster.Membership;
import io.memlink.discovery.Discovery;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.meta.Expiration;
import io.memlink.placement.Backend;
import io.memlink.transcoder.ObjectTranscoder;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import org.jspecify.annotations.Nullable;

/**
 * The examples of the Javadoc, each named after the type that shows it.
 */
final class JavadocExamples {

    private JavadocExamples() {
    }

    static @Nullable String client(String address) {
        // example: MemlinkClient
        try (MemlinkClient client = MemlinkClient.builder()
            .backends(address)
            .poolSize(2)
            .requestTimeout(Duration.ofSeconds(5))
            .build()) {
            ValueOperations<String> texts = client.with(Transcoder.text());
            texts.set("greeting", "hello", Expiration.after(Duration.ofMinutes(10))).join();
            return texts.get("greeting").join();
        }
        // end
    }

    static MemlinkClient builder(String address) {
        // example: MemlinkClientBuilder
        MemlinkClient client = MemlinkClient.builder()
            .backends(address)
            .requestTimeout(Duration.ofMillis(200))
            .closeTimeout(Duration.ofSeconds(5))
            .build();
        // end
        return client;
    }

    static CompletableFuture<Map<String, String>> operations(MemlinkClient client) {
        // example: ValueOperations
        ValueOperations<String> texts = client.with(Transcoder.text());
        Expiration expiration = Expiration.after(Duration.ofMinutes(10));
        return texts.setAll(Map.of("en", "hello", "de", "hallo"), expiration)
            .thenCompose((written) -> texts.getAll(List.of("en", "de", "fr")))
            .thenApply(BulkResult::hits);
        // end
    }

    static @Nullable String blocking(MemlinkClient client) {
        // example: BlockingMemlinkClient
        BlockingValueOperations<String> texts = client.blocking().with(Transcoder.text());
        Expiration expiration = Expiration.after(Duration.ofMinutes(10));
        texts.set("greeting", "hello", expiration);
        Item<String> item = texts.getItem("greeting");
        if (item != null) {
            String longer = item.value() + ", world";
            texts.compareAndSet("greeting", longer, expiration, item.casToken());
        }
        return texts.get("greeting");
        // end
    }

    static CompletableFuture<Loaded<String>> loading(MemlinkClient client,
            Supplier<CompletableFuture<String>> database) {
        // example: LoadPolicy
        LoadPolicy policy = LoadPolicy.builder()
            .timeToLive(Duration.ofMinutes(10))
            .staleFor(Duration.ofMinutes(1))
            .staleOnError(true)
            .build();
        ValueOperations<String> names = client.with(Transcoder.text());
        return names.getOrLoad("user:7:name", () -> database.get(), policy);
        // end
    }

    static boolean membership(MemlinkClient client, String address) {
        // example: Membership
        Membership membership = client.membership();
        List<Backend> backends = new ArrayList<>();
        membership.backends().forEach((status) -> backends.add(status.address()));
        backends.add(Backend.parse("spare=" + address));
        boolean changed = membership.apply(backends, false);
        // end
        return changed;
    }

    static MemlinkClient discovery(String address) {
        // example: Discovery
        Discovery.Factory discovery = Discovery.dns(List.of(address));
        Duration interval = Duration.ofSeconds(30);
        MemlinkClient client = MemlinkClient.builder().discovery(discovery, interval).build();
        // end
        return client;
    }

    static @Nullable Object format(MemlinkClient client) {
        // example: ValueFormat
        ClassLoader loader = Product.class.getClassLoader();
        TrustedClasses trusted = TrustedClasses.of(Product.class.getName());
        ValueFormat format = ValueFormat.of(loader, trusted);
        ValueOperations<Object> values = client.with(ObjectTranscoder.typed(format));
        values.set("product:7", new Product("tea", 350), Expiration.never()).join();
        return values.get("product:7").join();
        // end
    }

    /**
     * What an example keeps.
     *
     * @param name its name
     * @param cents its price
     */
    record Product(String name, int cents) {
    }

}
