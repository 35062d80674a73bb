package io.memlink.benchmarks.sidebyside.contender;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.memlink.BlockingMemlinkClient;
import io.memlink.BulkResult;
import io.memlink.MemlinkClient;
import io.memlink.MemlinkClientBuilder;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.tls.TlsOptions;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * Memlink, as patient as the others, with its defaults, but for the connections that are
 * asked for and bounds that the loads exceed.
 */
final class MemlinkContender implements Contender {

    private static final int LARGE_BYTES = 512 * 1024;

    private static final int MAX_THREADS = 8;

    private final MemlinkClient client;

    private final BlockingMemlinkClient blocking;

    MemlinkContender(ClientSetup setup, boolean openSsl) {
        int connections = setup.connectionsOr(LinkOptions.DEFAULT_POOL_SIZE);
        MemlinkClientBuilder builder = MemlinkClient.builder()
            .backends(setup.addresses())
            .poolSize(connections)
            .ioThreads(Math.max(LinkResources.defaultThreads(), Math.min(connections, MAX_THREADS)))
            .requestTimeout(Duration.ofSeconds(TIMEOUT_SECONDS))
            .connectTimeout(Duration.ofSeconds(TIMEOUT_SECONDS));
        if (setup.pending() > LinkOptions.DEFAULT_MAX_IN_FLIGHT) {
            builder.maxInFlight(setup.pending());
        }
        if (setup.valueBytes() > LARGE_BYTES) {
            builder.maxItemBytes(2 * setup.valueBytes());
        }
        Path trustStore = setup.trustStore();
        if (trustStore != null) {
            TlsOptions tls = TlsOptions.builder()
                .trustStore(trustStore, "PKCS12", TlsFiles.PASSWORD)
                .engine(openSsl ? TlsOptions.Engine.OPENSSL : TlsOptions.Engine.JDK)
                .verifyHostname(false)
                .build();
            builder.tls(() -> tls);
        }
        this.client = builder.build();
        this.blocking = this.client.blocking();
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return this.client.get(key);
    }

    @Override
    public CompletionStage<?> set(String key, byte[] value) {
        return this.client.set(key, value, Expiration.never());
    }

    @Override
    public CompletionStage<Map<String, byte[]>> getAll(List<String> keys) {
        CompletableFuture<BulkResult<byte[]>> result = this.client.getAll(keys);
        return result.thenApply(BulkResult::hits);
    }

    @Override
    public byte @Nullable [] getNow(String key) {
        return this.blocking.get(key);
    }

    @Override
    public void setNow(String key, byte[] value) {
        this.blocking.set(key, value, Expiration.never());
    }

    @Override
    public void close() {
        this.client.close();
    }

}
