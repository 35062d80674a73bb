package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A generation that is lost, and several who find that out at once: what one of them
 * stores in the next generation must not be lost to another.
 */
class GenerationRenewalTests {

    private static final LongConsumer NOBODY = (number) -> {
    };

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3 })
    void whoIsLateUsesWhatAnotherHasMadeMeanwhile(int count) {
        Registers registers = new Registers(count);
        GenerationCopies first = new GenerationCopies(() -> registers, () -> {
        }, Timers.ofThisJvm());
        GenerationCopies late = new GenerationCopies(() -> registers, () -> {
        }, Timers.ofThisJvm());
        CompletableFuture<Long> made = new CompletableFuture<>();
        registers.beforeRenewing = () -> first.read(NOBODY).thenAccept(made::complete);
        long used = late.read(NOBODY).join();
        assertThat(used).isEqualTo(made.getNow(null)).isEqualTo(first.read(NOBODY).join());
        assertThat(registers.numbers()).containsOnly(used);
    }

    @Test
    void whoIsLateDoesNotReplaceWhatAClearHasMade() {
        Registers registers = new Registers(3);
        GenerationCopies copies = new GenerationCopies(() -> registers, () -> {
        }, Timers.ofThisJvm());
        CompletableFuture<Long> cleared = new CompletableFuture<>();
        registers.beforeRenewing = () -> copies.clear().kept().thenAccept(cleared::complete);
        assertThat(copies.read(NOBODY).join()).isEqualTo(cleared.getNow(null));
        assertThat(registers.numbers()).containsOnly(cleared.getNow(null));
    }

    @Test
    void whatBeganBeforeAClearDoesNotOutliveIt() {
        Registers registers = new Registers(1);
        Generation generation = new Generation(() -> registers, () -> true, Duration.ofSeconds(1), Timers.ofThisJvm());
        registers.answering = new CompletableFuture<>();
        CompletableFuture<String> put = generation.apply(CompletableFuture::completedFuture);
        assertThat(generation.next()).isCompleted();
        registers.answering.complete(null);
        String after = generation.apply(CompletableFuture::completedFuture).join();
        assertThat(put).isCompleted();
        assertThat(put.join()).isNotEqualTo(after);
        assertThat(after).isEqualTo(GenerationNumber.text(registers.numbers().get(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3 })
    void ofManyWhoFindItLostOneMakesTheNext(int count) {
        List<EmbeddedMemcached> servers = Stream.generate(EmbeddedMemcached::start).limit(count).toList();
        Backend[] backends = servers.stream()
            .map((server) -> Backend.of("127.0.0.1", server.port()))
            .toArray(Backend[]::new);
        try (MemlinkClient here = MemlinkClient.builder().backends(backends).build();
                MemlinkClient there = MemlinkClient.builder().backends(backends).build()) {
            awaitConnections(here, count);
            awaitConnections(there, count);
            for (int round = 0; round < 20; round++) {
                servers.forEach(EmbeddedMemcached::clear);
                List<CompletableFuture<Long>> reads = Stream.of(here, there)
                    .map((client) -> new CopyPlaces(client, "things:generation"))
                    .flatMap((places) -> IntStream.range(0, 20)
                        .mapToObj((i) -> new GenerationCopies(places::copies, () -> {
                        }, Timers.ofThisJvm()).read(NOBODY)))
                    .toList();
                assertThat(reads.stream().map(CompletableFuture::join).distinct()).hasSize(1);
            }
        }
        finally {
            servers.forEach(EmbeddedMemcached::close);
        }
    }

    private static void awaitConnections(MemlinkClient client, int count) {
        for (int i = 0; i < count; i++) {
            int index = i;
            await().ignoreExceptions()
                .until(() -> client.copies("things:generation", count)
                    .send(index, MetaGet.value(Key.of("connected")))
                    .join() != null);
        }
    }

    /** Copies in memory that answer at once. */
    private static final class Registers implements Copies {

        private final AtomicLongArray numbers;

        private Runnable beforeRenewing = () -> {
        };

        private CompletableFuture<@Nullable Void> answering = CompletableFuture.completedFuture(null);

        Registers(int count) {
            this.numbers = new AtomicLongArray(count);
        }

        List<Long> numbers() {
            return IntStream.range(0, this.numbers.length()).mapToObj(this.numbers::get).toList();
        }

        @Override
        public int count() {
            return this.numbers.length();
        }

        @Override
        public CompletableFuture<Long> read(int index) {
            return this.answering.thenApply((nothing) -> this.numbers.get(index));
        }

        @Override
        public CompletableFuture<Raised> raise(int index, long number, boolean make) {
            long before = this.numbers.get(index);
            if (make || before != GenerationNumber.NONE) {
                this.numbers.set(index, Math.max(before, number));
            }
            return raised(index, before);
        }

        @Override
        public CompletableFuture<Raised> renew(int index, long number, long read) {
            Runnable before = this.beforeRenewing;
            this.beforeRenewing = () -> {
            };
            before.run();
            long had = this.numbers.get(index);
            this.numbers.compareAndSet(index, read, number);
            return raised(index, had);
        }

        private CompletableFuture<Raised> raised(int index, long before) {
            return CompletableFuture
                .completedFuture(new Raised(this.numbers.get(index), before == GenerationNumber.NONE));
        }

        @Override
        public long highestSeen() {
            return numbers().stream().mapToLong(Long::longValue).max().orElseThrow();
        }

    }

}
