package io.memlink.cluster.routing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.memlink.error.MemlinkOverloadedException;
import io.memlink.link.LinkResources;
import io.memlink.meta.EncodedValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EncodedValuesTests {

    private static final int VALUE_BYTES = 1024 * 1024;

    private final AtomicInteger encoded = new AtomicInteger();

    private final Queue<String> threads = new ConcurrentLinkedQueue<>();

    private Executor elsewhere = Runnable::run;

    private EncodedValues<Integer> values(int count, int bytes) {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put("key-" + i, i);
        }
        return new EncodedValues<>(values, (value) -> {
            this.encoded.incrementAndGet();
            this.threads.add(Thread.currentThread().getName());
            return new EncodedValue(new byte[bytes], value);
        }, this.elsewhere);
    }

    @Test
    void keepsNoMoreThanABoundOfWhatItHasEncoded() {
        EncodedValues<Integer> values = values(10, VALUE_BYTES);
        assertThat(this.encoded).as("all are checked").hasValue(10);
        for (int i = 0; i < 10; i++) {
            assertThat(values.take(i).join().flags()).isEqualTo(i);
            assertThat(values.bytes(i)).isGreaterThan(VALUE_BYTES);
        }
        assertThat(this.encoded).as("those beyond the first four are encoded again").hasValue(16);
    }

    @Test
    void encodesSmallValuesOnceAndKeepsNoneThatWasTaken() {
        EncodedValues<Integer> values = values(10, 100);
        for (int i = 0; i < 10; i++) {
            values.take(i);
        }
        assertThat(this.encoded).hasValue(10);
        values.take(3);
        assertThat(this.encoded).hasValue(11);
    }

    private static <T> T onEventLoop(Supplier<T> task) {
        try (LinkResources resources = new LinkResources(1, 1024)) {
            CompletableFuture<T> done = new CompletableFuture<>();
            resources.timers().execute(() -> done.complete(task.get()));
            return done.join();
        }
    }

    @Test
    void encodesNothingOnAnEventLoop() {
        this.elsewhere = (task) -> new Thread(task, "elsewhere").start();
        EncodedValues<Integer> values = values(10, VALUE_BYTES);
        this.threads.clear();
        onEventLoop(() -> IntStream.range(0, 10).mapToObj(values::take).toList()).forEach(CompletableFuture::join);
        assertThat(this.threads).hasSize(6).containsOnly("elsewhere");
    }

    @Test
    void aValueThatWouldWaitTooLongToBeEncodedIsSentLater() {
        this.elsewhere = (task) -> {
            throw new RejectedExecutionException("full");
        };
        EncodedValues<Integer> values = values(10, VALUE_BYTES);
        assertThatThrownBy(onEventLoop(() -> values.take(9))::join)
            .hasCauseInstanceOf(MemlinkOverloadedException.class);
        assertThat(values.take(9).join().flags()).isEqualTo(9);
    }

}
