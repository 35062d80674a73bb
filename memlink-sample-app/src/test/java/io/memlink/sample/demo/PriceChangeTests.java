package io.memlink.sample.demo;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.memlink.sample.SampleApplication;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new price, as the page shows it.
 */
class PriceChangeTests {

    private static final int PRICES = 20;

    @Test
    void isSeenByAllWithoutWaitingForALoadOfAnother() {
        // A load that waited for another one would do so for longer than this test does.
        try (ConfigurableApplicationContext application = SpringApplication.run(SampleApplication.class,
                "--server.port=0", "--spring.datasource.url=jdbc:h2:mem:price",
                "--memlink.cache.caches.products.lease.max-wait=1h")) {
            PriceChange priceChange = application.getBean(PriceChange.class);
            CompletableFuture<List<PriceChange.Result>> results = CompletableFuture
                .supplyAsync(() -> LongStream.rangeClosed(1, PRICES).mapToObj(priceChange::raise).toList());
            assertThat(results).succeedsWithin(Duration.ofMinutes(1))
                .asInstanceOf(InstanceOfAssertFactories.list(PriceChange.Result.class))
                .hasSize(PRICES)
                .allSatisfy((result) -> {
                    assertThat(result.seen()).isEqualTo(Applications.COUNT);
                    assertThat(result.after()).isGreaterThan(result.before());
                });
        }
    }

    @Test
    void isLookedForOnceMoreAfterALookThatTookLong() {
        AtomicLong nanos = new AtomicLong();
        Iterator<Long> seen = List.of(3L, 4L).iterator();
        assertThat(PriceChange.awaitAll(() -> {
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            return seen.next();
        }, nanos::get)).isEqualTo(4);
    }

    @Test
    void isNotLookedForForEver() {
        AtomicLong nanos = new AtomicLong();
        assertThat(PriceChange.awaitAll(() -> {
            assertThat(nanos.addAndGet(Duration.ofMillis(100).toNanos())).isLessThan(Duration.ofMinutes(1).toNanos());
            return 3;
        }, nanos::get)).isEqualTo(3);
    }

}
