package io.memlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.loading.Loaded.Source;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What was loaded and is not stored comes with a failure that says so, and is given to
 * nobody who called after it was outdated.
 */
class LeaseLostIntegrationTests {

    private static final LoadPolicy POLICY = LoadPolicy.builder()
        .timeToLive(Duration.ofMinutes(10))
        .leaseTime(Duration.ofSeconds(1))
        .maxWait(Duration.ofSeconds(10))
        .build();

    /** Whoever has to wait for a lease with it waits long enough to be noticed. */
    private static final LoadPolicy UNHURRIED = LoadPolicy.builder()
        .timeToLive(Duration.ofMinutes(1))
        .leaseTime(Duration.ofMinutes(1))
        .maxWait(Duration.ofMinutes(1))
        .build();

    private final List<MemlinkClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        this.clients.forEach(MemlinkClient::close);
    }

    private ValueOperations<String> client(MemcachedProcess server) {
        MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofSeconds(5))
            .build();
        this.clients.add(client);
        await().until(() -> client.backends().get(0).state() == State.UP);
        return client.with(Transcoder.text());
    }

    private static CompletableFuture<Loaded<String>> lease(ValueOperations<String> text,
            CompletableFuture<String> value) {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> load = text.getOrLoad("key", () -> {
            asked.complete(null);
            return value;
        }, POLICY);
        asked.join();
        return load;
    }

    private static void isRefused(Loaded<String> loaded, String value, Reason reason) {
        assertThat(loaded.value()).isEqualTo(value);
        assertThat(loaded.source()).isEqualTo(Source.LOADED);
        assertThat(loaded.failure()).isInstanceOfSatisfying(MemlinkServerException.class,
                (refusal) -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Nested
    @MemcachedTest
    class OfAnyServer {

        @Test
        void aLoadThatBeganBeforeADeletionIsNotStored(MemcachedProcess server) {
            CompletableFuture<String> old = new CompletableFuture<>();
            CompletableFuture<Loaded<String>> load = lease(client(server), old);
            client(server);
            LeaseLostIntegrationTests.this.clients.get(1).delete("key").join();
            old.complete("old");
            isRefused(load.join(), "old", Reason.LEASE_LOST);
        }

        @Test
        void aLoadThatTookLongerThanItsLeaseIsNotStored(MemcachedProcess server) {
            CompletableFuture<String> slow = new CompletableFuture<>();
            CompletableFuture<Loaded<String>> load = lease(client(server), slow);
            ValueOperations<String> other = client(server);
            assertThat(other.getOrLoad("key", () -> CompletableFuture.completedFuture("next"), POLICY).join().value())
                .isEqualTo("next");
            slow.complete("slow");
            isRefused(load.join(), "slow", Reason.LEASE_LOST);
            assertThat(other.get("key").join()).isEqualTo("next");
        }

        @Test
        void whoCallsAfterAnEvictionByAnotherClientDoesNotGetWhatWasLoadedBefore(MemcachedProcess server) {
            CompletableFuture<String> old = new CompletableFuture<>();
            ValueOperations<String> first = client(server);
            CompletableFuture<Loaded<String>> outdated = lease(first, old);
            ValueOperations<String> second = client(server);
            LeaseLostIntegrationTests.this.clients.get(1).delete("key").join();
            CompletableFuture<String> fresh = new CompletableFuture<>();
            lease(second, fresh);
            CompletableFuture<Loaded<String>> late = first.getOrLoad("key", CompletableFuture::new, POLICY);
            // Comes after the read of the call, on the same connection.
            assertThat(first.get("key").join()).isNull();
            old.complete("old");
            assertThat(outdated.join().value()).isEqualTo("old");
            fresh.complete("new");
            assertThat(late.join()).isEqualTo(new Loaded<>("new", Source.AWAITED, null));
        }

    }

    @Nested
    @MemcachedTest(arguments = "-C")
    class OfAServerWithoutTokens {

        @Test
        void whatCannotBeComparedIsNotStoredAndKeepsNobodyWaiting(MemcachedProcess server) {
            ValueOperations<String> text = client(server);
            ValueOperations<String> other = client(server);
            for (ValueOperations<String> next : List.of(text, other, text, other)) {
                assertThat(next.getOrLoad("key", () -> CompletableFuture.completedFuture("value"), UNHURRIED))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .satisfies((loaded) -> isRefused(loaded, "value", Reason.UNSUPPORTED));
            }
            assertThat(text.get("key").join()).isNull();
        }

    }

}
