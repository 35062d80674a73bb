package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.memlink.KeyCopies;
import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaSet;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A generation on several servers, some of which lose it, miss a clear, stand still or
 * are gone.
 */
class GenerationCopiesTests {

    private static final String KEY = "things:generation";

    private static final Duration LAG = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();

    /** In the order of the copies. */
    private final List<EmbeddedMemcached> servers = new ArrayList<>();

    private final List<MemlinkClient> clients = new ArrayList<>();

    private MemlinkClient client;

    @AfterEach
    void close() {
        this.clients.forEach(MemlinkClient::close);
        this.servers.forEach(EmbeddedMemcached::close);
    }

    private void start(int count) {
        List<EmbeddedMemcached> started = Stream.generate(EmbeddedMemcached::start).limit(count).toList();
        this.client = connect(started);
        this.client.explain(KEY)
            .candidates()
            .forEach((backend) -> started.stream()
                .filter((server) -> server.port() == backend.port())
                .forEach(this.servers::add));
    }

    private MemlinkClient connect(List<EmbeddedMemcached> servers) {
        MemlinkClient client = MemlinkClient.builder()
            .backends(servers.stream().map((server) -> "127.0.0.1:" + server.port()).toArray(String[]::new))
            .requestTimeout(Duration.ofSeconds(2))
            .build();
        this.clients.add(client);
        KeyCopies copies = client.copies(KEY, servers.size());
        for (int i = 0; i < servers.size(); i++) {
            int index = i;
            await().ignoreExceptions()
                .until(() -> copies.send(index, MetaGet.value(Key.of("connected"))).join() != null);
        }
        return client;
    }

    private Generation generation() {
        return new Generation(this.client, KEY, LAG, new SteppedTime(this.nanos::get));
    }

    private String current(Generation generation) {
        return await().ignoreExceptions().until(() -> {
            this.nanos.addAndGet(LAG.toNanos());
            return generation.applyOnce(CompletableFuture::completedFuture).join();
        }, Objects::nonNull);
    }

    private String copy(int index) {
        return (this.client.copies(KEY, 3).send(index, MetaGet.value(Key.of(KEY))).join() instanceof Hit hit)
                ? GenerationNumber.text(GenerationNumber.parse(hit.value())) : "";
    }

    private void put(int index, long number) {
        this.client.copies(KEY, 3)
            .send(index, MetaSet.builder(Key.of(KEY), GenerationNumber.value(number)).build())
            .join();
    }

    private void awaitCopies(String generation) {
        for (int i = 0; i < this.servers.size(); i++) {
            int index = i;
            await().ignoreExceptions().untilAsserted(() -> assertThat(copy(index)).isEqualTo(generation));
        }
    }

    @Test
    void isOnThreeBackends() {
        start(5);
        String current = current(generation());
        assertThat(Stream.of(0, 1, 2).map(this::copy)).containsOnly(current);
        assertThat(this.servers.subList(3, 5)).allSatisfy((server) -> assertThat(server.requests("ma")).isZero());
    }

    @Test
    void survivesTheLossOfEachCopyAndIsThereAgain() {
        start(3);
        String current = current(generation());
        awaitCopies(current);
        Generation known = generation();
        for (EmbeddedMemcached server : this.servers) {
            server.clear();
            assertThat(current(known)).isEqualTo(current);
            awaitCopies(current);
            server.clear();
            assertThat(current(generation())).as("for one who comes new").isEqualTo(current);
            awaitCopies(current);
        }
    }

    @Test
    void survivesTheLossOfEachOfTwo() {
        start(2);
        String current = current(generation());
        for (EmbeddedMemcached server : this.servers) {
            awaitCopies(current);
            server.clear();
            assertThat(current(generation())).isEqualTo(current);
        }
    }

    @Test
    void survivesABackendThatIsGone() {
        start(3);
        Generation here = generation();
        String current = current(here);
        awaitCopies(current);
        this.servers.get(0).close();
        await().ignoreExceptions().untilAsserted(() -> assertThat(current(here)).isEqualTo(current));
        assertThat(current(generation())).isEqualTo(current);
    }

    @Test
    void doesNotWaitForACopyThatStandsStill() {
        start(3);
        Generation here = generation();
        String current = current(here);
        awaitCopies(current);
        HoldFault hold = Fault.hold();
        this.servers.get(1).faults().next("mg", hold);
        this.nanos.addAndGet(LAG.toNanos());
        CompletableFuture<String> read = here.applyOnce(CompletableFuture::completedFuture);
        assertThat(read).succeedsWithin(Duration.ofSeconds(1)).isEqualTo(current);
        hold.release();
    }

    @Test
    void theNewestWinsAndWhatIsBehindIsRaised() {
        start(3);
        Generation here = generation();
        String old = current(here);
        awaitCopies(old);
        here.next().join();
        String current = current(here);
        assertThat(current).isNotEqualTo(old);
        awaitCopies(current);
        // As if it had stood still meanwhile.
        put(2, Long.parseLong(old, Character.MAX_RADIX));
        assertThat(current(generation())).isEqualTo(current);
        await().untilAsserted(() -> {
            assertThat(current(here)).isEqualTo(current);
            assertThat(copy(2)).isEqualTo(current);
        });
    }

    @Test
    void aClearIsDoneWhenTwoOfThreeTookIt() {
        start(3);
        Generation here = generation();
        String old = current(here);
        this.servers.get(0).close();
        await().until(() -> !this.client.copies(KEY, 3).isUsable(0));
        here.next().join();
        assertThat(current(here)).isNotEqualTo(old);
    }

    @Test
    void aClearThatOneOfTwoTookIsSeenButNotReported() {
        start(2);
        Generation here = generation();
        String old = current(here);
        awaitCopies(old);
        this.servers.get(1).close();
        await().until(() -> !this.client.copies(KEY, 2).isUsable(1));
        assertThat(here.next()).failsWithin(Duration.ofSeconds(8));
        String current = current(here);
        assertThat(current).isNotEqualTo(old).isEqualTo(current(generation()));
    }

    @Test
    void aClearThatNoCopyTookIsDoneByTheNextRead() {
        start(3);
        Generation here = generation();
        String old = current(here);
        awaitCopies(old);
        this.servers.forEach((server) -> server.faults().next("ms", Fault.ignoreRequest()));
        assertThat(here.next()).failsWithin(Duration.ofSeconds(8));
        await().ignoreExceptions().untilAsserted(() -> assertThat(current(here)).isNotEqualTo(old));
        assertThat(current(generation())).isEqualTo(current(here));
    }

    @Test
    void whatIsLostEverywhereIsReplacedByANewerOne() {
        start(3);
        Generation here = generation();
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < 5; i++) {
            assertThat(seen.add(current(here))).isTrue();
            this.servers.forEach(EmbeddedMemcached::clear);
        }
        assertThat(seen.stream().map((text) -> Long.parseLong(text, Character.MAX_RADIX))).isSorted();
    }

    @Test
    void aNumberAheadOfTheClockIsStillRaised() {
        start(3);
        long future = GenerationNumber.above(0, System.currentTimeMillis() + Duration.ofDays(3650).toMillis(), 0.5);
        for (int i = 0; i < 3; i++) {
            put(i, future);
        }
        Generation here = generation();
        assertThat(current(here)).isEqualTo(GenerationNumber.text(future));
        here.next().join();
        assertThat(Long.parseLong(current(here), Character.MAX_RADIX)).isGreaterThan(future);
    }

    @Test
    void whatIsNoNumberIsReplaced() {
        start(3);
        for (int i = 0; i < 3; i++) {
            this.client.copies(KEY, 3).send(i, MetaSet.builder(Key.of(KEY), new byte[] { 'x' }).build()).join();
        }
        awaitCopies(current(generation()));
    }

    @Test
    void aBackendThatComesGetsACopyAndNothingIsLost() {
        start(3);
        Generation here = generation();
        String current = current(here);
        awaitCopies(current);
        try (EmbeddedMemcached fourth = EmbeddedMemcached.start()) {
            List<Backend> backends = new ArrayList<>();
            this.client.membership().backends().forEach((status) -> backends.add(status.address()));
            backends.add(Backend.of("127.0.0.1", fourth.port()));
            this.client.membership().apply(backends, false);
            assertThat(current(here)).isEqualTo(current);
            assertThat(current(generation())).isEqualTo(current);
            await().untilAsserted(() -> assertThat(Stream.of(0, 1, 2).map(this::copy)).containsOnly(current));
        }
    }

    /** They know one item, which they count up to clear. */
    private String countedByAnOlderVersion(long delta) {
        long initial = GenerationNumber.above(0, System.currentTimeMillis(), 0.1);
        return GenerationNumber.text(this.client.increment(KEY, delta, initial, Expiration.never()).join());
    }

    @Test
    void applicationsOfAnOlderVersionShareItsClears() {
        start(3);
        String old = countedByAnOlderVersion(0);
        Generation here = generation();
        String first = current(here);
        assertThat(first).as("one copy alone is not believed").isNotEqualTo(old);
        awaitCopies(first);
        String theirs = countedByAnOlderVersion(1);
        assertThat(theirs).isNotEqualTo(first);
        await().untilAsserted(() -> assertThat(current(here)).isEqualTo(theirs));
        awaitCopies(theirs);
        here.next().join();
        assertThat(countedByAnOlderVersion(0)).isNotEqualTo(theirs).isEqualTo(current(here));
    }

    @Test
    void clearsOfManyAtOnceLeaveOneGeneration() {
        start(3);
        List<Generation> generations = Stream.generate(this::generation).limit(24).toList();
        String old = current(generations.get(0));
        generations.forEach(this::current);
        List<CompletableFuture<Void>> clears = generations.stream().map(Generation::next).toList();
        clears.forEach(CompletableFuture::join);
        String current = current(generation());
        assertThat(current).isNotEqualTo(old);
        assertThat(generations.stream().map(this::current)).containsOnly(current);
        awaitCopies(current);
    }

}
