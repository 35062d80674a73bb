package io.memlink.value;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.memlink.value.Samples.Color;
import io.memlink.value.Samples.Primitives;
import io.memlink.value.Samples.Product;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ValueFormatCostTests {

    private static final int CALLS = 20_000;

    private final ValueFormat format = Samples.format();

    /** Kept, so that nothing is optimized away. */
    private Object last = "";

    private static Product product() {
        return new Product(text("sku-12345"), BigDecimal.valueOf(1990, 2), Instant.ofEpochSecond(1_700_000_000, 5),
                new ArrayList<>(Arrays.asList(text("new"), text("sale"))), Color.GREEN);
    }

    private static Primitives primitives() {
        return new Primitives(true, (byte) 1, (short) 1000, 'x', 1_000_000, 1L << 40, 1.5f, 2.5, text("i"), 1_000_001);
    }

    private static String text(String text) {
        return new String(text.toCharArray());
    }

    /** Bytes that one call allocates, at the least of several measurements. */
    private long garbage(Supplier<Object> call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                this.last = call.get();
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        return least;
    }

    @Test
    void aRecordCostsLittleMoreThanItself() {
        assertThat(this.last).isNotNull();
        for (Supplier<Object> make : Stream
            .<Supplier<Object>>of(ValueFormatCostTests::product, ValueFormatCostTests::primitives)
            .toList()) {
            byte[] bytes = this.format.encode(make.get());
            long own = garbage(make);
            assertThat(garbage(() -> this.format.decode(bytes)) - own).isLessThanOrEqualTo(200);
        }
    }

    @Test
    void aRecordTakesFewBytes() {
        assertThat(this.format.encode(product())).hasSizeLessThan(140);
        int one = this.format.encode(List.of(product())).length;
        int many = this.format.encode(Stream.generate(ValueFormatCostTests::product).limit(101).toList()).length;
        assertThat((many - one) / 100).isLessThan(50);
    }

    @Test
    void oneFormatIsUsedByManyThreads() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int task = 0; task < 8; task++) {
                tasks.add(() -> {
                    for (int i = 0; i < 1000; i++) {
                        Object value = List.of(new Samples.Point(i, -i), product(), Map.of(i, Color.BLUE));
                        if (!value.equals(this.format.decode(this.format.encode(value)))) {
                            return false;
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        }
        finally {
            threads.shutdownNow();
        }
    }

    @Test
    void concurrentCollectionsAreTakenAsASnapshot() throws InterruptedException {
        Map<Integer, Integer> map = new ConcurrentHashMap<>();
        IntStream.range(0, 100).forEach((i) -> map.put(i, i));
        AtomicBoolean stopped = new AtomicBoolean();
        Thread changing = new Thread(() -> {
            for (int i = 100; !stopped.get(); i++) {
                map.put(i % 1000 + 100, i);
                map.remove(i * 7 % 1000 + 100);
            }
        });
        changing.start();
        try {
            for (int i = 0; i < 200; i++) {
                Map<?, ?> back = (Map<?, ?>) this.format.decode(this.format.encode(map));
                assertThat(back).hasSizeGreaterThanOrEqualTo(100);
                assertThat(back.get(50)).isEqualTo(50);
            }
        }
        finally {
            stopped.set(true);
            changing.join();
        }
    }

}
