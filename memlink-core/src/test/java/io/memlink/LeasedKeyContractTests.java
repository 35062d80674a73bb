package io.memlink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever the verb, a key whose value is being loaded is a missing one: to the caller,
 * and to what is there afterwards.
 */
abstract class LeasedKeyContractTests {

    private static final Expiration LONG = Expiration.after(Duration.ofHours(1));

    private static final LoadPolicy POLICY = LoadPolicy.builder()
        .timeToLive(Duration.ofHours(1))
        .leaseTime(Duration.ofSeconds(30))
        .build();

    private final List<MemlinkClient> clients = new ArrayList<>();

    private int keys;

    abstract int port();

    @AfterEach
    void close() {
        this.clients.forEach(MemlinkClient::close);
    }

    private MemlinkClient client() {
        MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:" + port())
            .requestTimeout(Duration.ofSeconds(5))
            .build();
        this.clients.add(client);
        await().until(() -> client.backends().get(0).state() == State.UP);
        return client;
    }

    private interface Verb {

        CompletableFuture<?> on(MemlinkClient client, ValueOperations<String> text, String key);

    }

    private static Map<String, Verb> verbs() {
        Map<String, Verb> verbs = new LinkedHashMap<>();
        verbs.put("get", (client, text, key) -> text.get(key));
        verbs.put("getItem", (client, text, key) -> text.getItem(key));
        verbs.put("getAndTouch", (client, text, key) -> text.getAndTouch(key, LONG));
        verbs.put("getAll", (client, text, key) -> text.getAll(List.of(key, key)).thenApply(BulkResult::hits));
        verbs.put("set", (client, text, key) -> text.set(key, "1", LONG));
        verbs.put("setAll",
                (client, text, key) -> text.setAll(Map.of(key, "1"), LONG).thenApply((result) -> result.done().size()));
        verbs.put("add", (client, text, key) -> text.add(key, "1", LONG));
        verbs.put("replace", (client, text, key) -> text.replace(key, "1", LONG));
        verbs.put("append", (client, text, key) -> text.append(key, "1"));
        verbs.put("prepend", (client, text, key) -> text.prepend(key, "1"));
        verbs.put("compareAndSet", (client, text, key) -> text.compareAndSet(key, "1", LONG, 1_000_000));
        verbs.put("touch", (client, text, key) -> client.touch(key, LONG));
        verbs.put("increment", (client, text, key) -> client.increment(key, 1));
        verbs.put("decrement", (client, text, key) -> client.decrement(key, 1));
        verbs.put("increment with a first number", (client, text, key) -> client.increment(key, 1, 5, LONG));
        verbs.put("decrement with a first number", (client, text, key) -> client.decrement(key, 1, -1, LONG));
        return verbs;
    }

    @TestFactory
    List<DynamicTest> eachVerbTakesALeasedKeyForAMissingOne() {
        MemlinkClient holder = client();
        MemlinkClient other = client();
        return verbs().entrySet()
            .stream()
            .map((verb) -> DynamicTest.dynamicTest(verb.getKey(), () -> check(holder, other, verb.getValue())))
            .toList();
    }

    private void check(MemlinkClient holder, MemlinkClient other, Verb verb) {
        ValueOperations<String> text = other.with(Transcoder.text());
        String missing = "missing-" + this.keys++;
        Object expected = verb.on(other, text, missing).handle(LeasedKeyContractTests::outcome).join();
        String stored = text.get(missing).join();
        String leased = missing.replace("missing", "leased_");
        CompletableFuture<String> value = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> load = lease(holder, leased, value);
        Object actual = verb.on(other, text, leased).handle(LeasedKeyContractTests::outcome).join();
        assertThat(String.valueOf(actual)).isEqualTo(String.valueOf(expected).replace(missing, leased));
        assertThat(text.get(leased).join()).isEqualTo(stored);
        if (stored == null) {
            assertThat(timeToLive(other, leased)).as("of the lease").isBetween(290L, 300L);
        }
        value.complete("loaded");
        assertThat(load.join().value()).isEqualTo("loaded");
        assertThat(text.get(leased).join()).isEqualTo((stored != null) ? stored : "loaded");
        if (stored == null) {
            assertThat(load.join().failure()).isNull();
        }
        else {
            assertThat(load.join().failure()).isInstanceOfSatisfying(MemlinkServerException.class,
                    (refusal) -> assertThat(refusal.reason()).isEqualTo(Reason.LEASE_LOST));
            assertThat(load.join().failure()).as("what may be logged").hasMessageNotContaining("leased_");
        }
    }

    private static Object outcome(Object value, Throwable failure) {
        return (failure != null) ? failure.toString() : value;
    }

    private static CompletableFuture<Loaded<String>> lease(MemlinkClient holder, String key,
            CompletableFuture<String> value) {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> load = holder.with(Transcoder.text()).getOrLoad(key, () -> {
            asked.complete(null);
            return value;
        }, POLICY);
        asked.join();
        return load;
    }

    private static long timeToLive(MemlinkClient client, String key) {
        Hit hit = (Hit) client.send(MetaGet.builder(Key.of(key)).timeToLive().build()).join();
        return hit.timeToLive().toSeconds();
    }

    @Test
    void anEmptyValueIsNoLease() {
        MemlinkClient client = client();
        ValueOperations<String> text = client.with(Transcoder.text());
        text.set("key", "", Expiration.never()).join();
        assertThat(text.add("key", "1", LONG).join()).isFalse();
        assertThat(client.touch("key", LONG).join()).isTrue();
        assertThat(timeToLive(client, "key")).isGreaterThan(3000);
        assertThat(text.append("key", "b").join()).isTrue();
        assertThat(text.prepend("key", "a").join()).isTrue();
        assertThat(text.get("key").join()).isEqualTo("ab");
        assertThat(text.replace("key", "c", LONG).join()).isTrue();
        assertThat(text.get("key").join()).isEqualTo("c");
    }

    @Test
    void aStaleValueIsNoLeaseAndKeepsItsTurn() {
        MemlinkClient client = client();
        ValueOperations<String> text = client.with(Transcoder.text());
        text.set("key", "old", LONG).join();
        client.markStale("key", Duration.ofMinutes(1)).join();
        assertThat(text.add("key", "new", LONG).join()).isFalse();
        assertThat(text.compareAndSet("key", "new", LONG, 1_000_000).join()).isEqualTo(CasResult.EXISTS);
        assertThat(text.getOrLoad("key", () -> CompletableFuture.completedFuture("loaded"), POLICY).join().value())
            .isEqualTo("loaded");
    }

    @Test
    void operationsOnOneKeyReachTheServerInTheOrderOfTheirCalls() {
        ValueOperations<String> text = client().with(Transcoder.text());
        for (int i = 0; i < 50; i++) {
            String key = "ordered-" + i;
            CompletableFuture<Boolean> added = text.add(key, "a", LONG);
            text.append(key, "b");
            text.append(key, "c");
            CompletableFuture<String> read = text.get(key);
            CompletableFuture<BulkResult<String>> many = text.getAll(List.of(key));
            text.append(key, "d");
            text.set(key, "e", LONG);
            CompletableFuture<Boolean> last = text.prepend(key, "f");
            assertThat(added.join()).isTrue();
            assertThat(read.join()).isEqualTo("abc");
            assertThat(many.join().hits()).containsEntry(key, "abc");
            assertThat(last.join()).isTrue();
            assertThat(text.get(key).join()).isEqualTo("fe");
        }
    }

    @Test
    void nothingThatSeveralClientsAppendIsLost() {
        List<ValueOperations<String>> texts = List.of(client().with(Transcoder.text()),
                client().with(Transcoder.text()), client().with(Transcoder.text()));
        texts.get(0).set("log", "", LONG).join();
        List<CompletableFuture<Boolean>> appended = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            appended.add(texts.get(i % 3).append("log", Integer.toString(i % 3)));
        }
        appended.forEach((each) -> assertThat(each.join()).isTrue());
        String log = texts.get(0).get("log").join();
        assertThat(log.getBytes(StandardCharsets.US_ASCII)).hasSize(60);
        assertThat(log.chars().filter((letter) -> letter == '1').count()).isEqualTo(20);
    }

    @Test
    void countersCountWhateverTheKeyHeldBefore() {
        MemlinkClient client = client();
        lease(client(), "counter", new CompletableFuture<>());
        Function<Integer, CompletableFuture<Long>> count = (ignored) -> client.increment("counter", 1, 1, LONG);
        List<CompletableFuture<Long>> counts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            counts.add(count.apply(i));
        }
        assertThat(counts.stream().map(CompletableFuture::join))
            .containsExactlyInAnyOrderElementsOf(java.util.stream.LongStream.rangeClosed(1, 20).boxed().toList());
    }

}
