package io.memlink.spring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.BulkWriteResult;
import io.memlink.CasResult;
import io.memlink.Item;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.meta.Expiration;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@EmbeddedMemcachedTest
class MemlinkTemplateTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Product PEN = new Product("pen", 3);

    private static final Product INK = new Product("ink", 5);

    private MemlinkClient client;

    private MemlinkTemplate template;

    private ValueTemplate<Product> products;

    record Product(String name, int price) {
    }

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofSeconds(5))
            .build();
        this.template = new MemlinkTemplate(this.client,
                new JsonTranscoder(JsonMapper.shared(), List.of(MemlinkTemplateTests.class.getPackageName())));
        this.products = this.template.forType(Product.class);
    }

    @AfterEach
    void close() {
        this.client.close();
    }

    @Test
    void keepsObjectsOfAnyType() {
        this.template.set("pen", PEN);
        this.template.set("text", "hello", MINUTE);
        assertThat(this.template.get("pen")).isEqualTo(PEN);
        assertThat(this.template.get("pen", Product.class)).isEqualTo(PEN);
        assertThat(this.template.getAll(List.of("pen", "text", "none")).hits())
            .isEqualTo(Map.of("pen", PEN, "text", "hello"));
        assertThat(this.template.getAndTouch("pen", MINUTE)).isEqualTo(PEN);
        assertThat(this.template.getItem("pen").timeToLive()).isNotNull();
        assertThatIllegalStateException().isThrownBy(() -> this.template.get("text", Product.class));
    }

    @Test
    void keepsValuesOfOneType() {
        this.products.set("pen", PEN, MINUTE);
        assertThat(this.products.get("pen")).isEqualTo(PEN);
        this.template.set("text", "hello", MINUTE);
        assertThat(this.products.get("text")).isNull();
        assertThat(this.products.getAll(List.of("pen", "text")).hits()).containsOnlyKeys("pen");
        assertThat(this.client.undecodableValues()).isEqualTo(2);
    }

    @Test
    void keepsValuesOfOneGenericType() {
        ValueTemplate<List<Product>> lists = this.template.forType(new ParameterizedTypeReference<List<Product>>() {
        });
        lists.set("all", List.of(PEN, INK), MINUTE);
        assertThat(lists.get("all")).containsExactly(PEN, INK);
        this.products.set("pen", PEN);
        assertThat(lists.get("pen")).isNull();
    }

    @Test
    void storesOnlyWhereItMay() {
        assertThat(this.products.replace("pen", PEN, MINUTE)).isFalse();
        assertThat(this.products.add("pen", PEN, MINUTE)).isTrue();
        assertThat(this.products.add("pen", INK, MINUTE)).isFalse();
        Item<Product> item = this.products.getItem("pen");
        assertThat(this.products.compareAndSet("pen", INK, MINUTE, item.casToken())).isEqualTo(CasResult.STORED);
        assertThat(this.products.compareAndSet("pen", PEN, MINUTE, item.casToken())).isEqualTo(CasResult.EXISTS);
        assertThat(this.products.get("pen")).isEqualTo(INK);
    }

    @Test
    void extendsText() {
        assertThat(this.template.append("text", "!")).isFalse();
        this.template.set("text", "hello", MINUTE);
        assertThat(this.template.append("text", "!")).isTrue();
        assertThat(this.template.prepend("text", "oh ")).isTrue();
        assertThat(this.template.get("text")).isEqualTo("oh hello!");
    }

    @Test
    void changesAndDeletesMany() {
        BulkWriteResult stored = this.products.setAll(Map.of("pen", PEN, "ink", INK), MINUTE);
        assertThat(stored.done()).containsExactlyInAnyOrder("pen", "ink");
        BulkWriteResult deleted = this.template.deleteAll(List.of("pen", "none"));
        assertThat(deleted.done()).containsExactly("pen");
        assertThat(this.template.delete("ink")).isTrue();
        assertThat(this.template.touch("ink", MINUTE)).isFalse();
    }

    @Test
    void countsFromAnInitialNumber() {
        assertThat(this.template.increment("up", 2, 10, MINUTE)).isEqualTo(10);
        assertThat(this.template.increment("up", 2, 10, MINUTE)).isEqualTo(12);
        assertThat(this.template.increment("other", 3, MINUTE)).isEqualTo(3);
        assertThat(this.template.increment("none", 1)).isNull();
        assertThat(this.template.increment("other", 4)).isEqualTo(7);
        assertThat(this.template.decrement("none", 1)).isNull();
        assertThat(this.template.decrement("new", 3, MINUTE)).isZero();
        assertThat(this.template.decrement("other", 3, MINUTE)).isEqualTo(4);
        assertThat(this.template.decrement("down", 4, 10, MINUTE)).isEqualTo(10);
        assertThat(this.template.decrement("down", 4, 10, MINUTE)).isEqualTo(6);
    }

    @Test
    void loadsWhatIsMissing() {
        AtomicInteger loads = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            assertThat(this.products.getOrLoad("pen", MINUTE, () -> {
                loads.incrementAndGet();
                return PEN;
            })).isEqualTo(PEN);
        }
        assertThat(loads).hasValue(1);
        Map<String, Product> all = this.products.getAllOrLoad(List.of("pen", "ink", "none"),
                LoadPolicy.timeToLive(MINUTE), (missing) -> {
                    assertThat(missing).containsExactly("ink", "none");
                    return Map.of("ink", INK);
                });
        assertThat(all).isEqualTo(Map.of("pen", PEN, "ink", INK));
        assertThat(this.products.get("ink")).isEqualTo(INK);
    }

    @Test
    void loadsAnewWhatIsOutOfDate() {
        this.products.set("pen", PEN, MINUTE);
        assertThat(this.template.markStale("pen", MINUTE)).isTrue();
        assertThat(this.products.getOrLoad("pen", MINUTE, () -> INK)).isEqualTo(INK);
        assertThat(this.products.get("pen")).isEqualTo(INK);
    }

    @Test
    void doesTheSameWithoutWaiting() {
        ValueOperations<Object> async = this.template.async();
        async.set("text", "hello", Expiration.after(MINUTE)).join();
        assertThat(async.get("text").join()).isEqualTo("hello");
        assertThat(this.client.with(Transcoder.text()).append("text", "!").join()).isTrue();
        assertThat(this.template.client().increment("count", 1, 7, Expiration.after(MINUTE)).join()).isEqualTo(7);
        assertThat(this.template.client().deleteAll(List.of("text")).join().done()).containsExactly("text");
        Loaded<Product> loaded = this.products.async()
            .getOrLoad("pen", () -> CompletableFuture.completedFuture(PEN), LoadPolicy.timeToLive(MINUTE))
            .join();
        assertThat(loaded.value()).isEqualTo(PEN);
        assertThat(loaded.source()).isEqualTo(Loaded.Source.LOADED);
        assertThat(this.products.async().getAll(List.of("pen")).join().hits()).containsEntry("pen", PEN);
    }

    @Test
    void takesTheTranscodersOfTypesFromWhoeverKnowsThem() {
        MemlinkTemplate own = new MemlinkTemplate(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()),
                new TypedTranscoders() {

                    @Override
                    @SuppressWarnings("unchecked")
                    public <V> Transcoder<V> of(ParameterizedTypeReference<V> type) {
                        assertThat(type.getType()).isEqualTo(String.class);
                        return (Transcoder<V>) Transcoder.text();
                    }

                });
        own.forType(String.class).set("text", "plain", MINUTE);
        assertThat(this.client.blocking().getItem("text").flags()).isZero();
    }

}
