package io.memlink.benchmarks.sidebyside.contender;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.spotify.folsom.AsciiMemcacheClient;
import com.spotify.folsom.ConnectFuture;
import com.spotify.folsom.MemcacheClientBuilder;
import org.jspecify.annotations.Nullable;

/** Folsom with its defaults, but for bounds that the loads exceed. */
final class FolsomContender implements Contender {

    private static final int MAX_OUTSTANDING = 100_000;

    private static final int MAX_VALUE_BYTES = 4 * 1024 * 1024;

    private final AsciiMemcacheClient<byte[]> client;

    FolsomContender(ClientSetup setup) throws Exception {
        MemcacheClientBuilder<byte[]> builder = MemcacheClientBuilder.newByteArrayClient()
            .withMaxOutstandingRequests(MAX_OUTSTANDING)
            .withConnections(setup.connectionsOr(1))
            .withMaxSetLength(MAX_VALUE_BYTES);
        for (String address : setup.addresses()) {
            String[] parts = address.split(":");
            builder.withAddress(parts[0], Integer.parseInt(parts[1]));
        }
        Path trustStore = setup.trustStore();
        if (trustStore != null) {
            TrustedTls tls = new TrustedTls(trustStore);
            builder.withSSLEngineFactory((host, port) -> tls.newEngine());
        }
        this.client = builder.connectAscii();
        ConnectFuture.connectFuture(this.client).toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return this.client.get(key);
    }

    @Override
    public CompletionStage<?> set(String key, byte[] value) {
        return this.client.set(key, value, 0);
    }

    @Override
    public CompletionStage<Map<String, byte[]>> getAll(List<String> keys) {
        return this.client.get(keys).thenApply((values) -> byKey(keys, values));
    }

    private static Map<String, byte[]> byKey(List<String> keys, List<byte[]> values) {
        Map<String, byte[]> byKey = new HashMap<>(keys.size() * 2);
        for (int i = 0; i < keys.size(); i++) {
            byte[] value = values.get(i);
            if (value != null) {
                byKey.put(keys.get(i), value);
            }
        }
        return byKey;
    }

    @Override
    public void close() {
        this.client.shutdown();
    }

}
