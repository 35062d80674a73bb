package io.memlink.benchmarks.soak.rivals;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.spotify.folsom.AsciiMemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import com.spotify.folsom.guava.HostAndPort;
import com.spotify.folsom.ketama.AddressAndClient;
import com.spotify.folsom.ketama.Continuum;
import org.jspecify.annotations.Nullable;

/**
 * Folsom with its defaults, but for the timeouts, and the protocol that its documentation
 * calls the more efficient one.
 */
final class FolsomRival implements RivalClient {

    private final AsciiMemcacheClient<byte[]> client;

    @SuppressWarnings("deprecation") // requests have no other timeout
    FolsomRival(List<String> addresses) throws Exception {
        MemcacheClientBuilder<byte[]> builder = MemcacheClientBuilder.newByteArrayClient()
            .withRequestTimeoutMillis(TIMEOUT_MILLIS)
            .withConnectionTimeoutMillis(TIMEOUT_MILLIS)
            .withNodeLocator((nodes) -> new Continuum(nodes.stream().map(FolsomRival::named).toList()));
        for (String address : addresses) {
            String[] parts = address.split(":");
            builder.withAddress(parts[0], Integer.parseInt(parts[1]));
        }
        this.client = builder.connectAscii();
        this.client.awaitFullyConnected(60, TimeUnit.SECONDS);
    }

    // A server has the same port for all instances, though not the same address.
    private static AddressAndClient named(AddressAndClient node) {
        return new AddressAndClient(HostAndPort.fromParts("server", node.getAddress().getPort()), node.getClient());
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return this.client.get(key);
    }

    @Override
    public byte @Nullable [] getNow(String key) throws Exception {
        return await(get(key));
    }

    @Override
    public void setNow(String key, byte[] value) throws Exception {
        require(await(this.client.set(key, value, 0)), MemcacheStatus.OK);
    }

    @Override
    public void deleteNow(String key) throws Exception {
        require(await(this.client.delete(key)), MemcacheStatus.KEY_NOT_FOUND);
    }

    // Nothing ends the wait but the client; the bound shows that a call is lost.
    private static <T> T await(CompletionStage<T> call) throws Exception {
        return call.toCompletableFuture().get(RivalCallers.LOST_SECONDS + 1, TimeUnit.SECONDS);
    }

    private static void require(MemcacheStatus status, MemcacheStatus other) throws NotDoneException {
        if (status != MemcacheStatus.OK && status != other) {
            throw new NotDoneException(status.name());
        }
    }

    @Override
    public void close() {
        this.client.shutdown();
    }

}
