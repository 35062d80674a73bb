package io.memlink.sample;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application over HTTP with two real servers, while they come and go.
 */
@MemcachedTest(servers = 2)
class SampleApplicationIntegrationTests {

    private final ProductChange change = new ProductChange("Oak table", new BigDecimal("249.90"));

    private List<MemcachedProcess> servers;

    private ConfigurableApplicationContext application;

    private RestClient http;

    @BeforeEach
    void start(MemcachedProcess first, MemcachedProcess second) {
        this.servers = List.of(first, second);
        this.application = SpringApplication.run(SampleApplication.class, "--server.port=0",
                "--memlink.backends=127.0.0.1:" + first.port() + ",127.0.0.1:" + second.port());
        int port = ((WebServerApplicationContext) this.application).getWebServer().getPort();
        // Health that is down answers 503, with the details that matter here.
        this.http = RestClient.builder()
            .baseUrl("http://127.0.0.1:" + port)
            .defaultStatusHandler((status) -> status.value() == 503, (request, response) -> {
            })
            .build();
    }

    @AfterEach
    void stop() {
        this.application.close();
    }

    @Test
    void spreadsProductsOverBothServers() {
        LongStream.rangeClosed(1, 40).forEach(this::product);
        assertThat(this.servers).allSatisfy((server) -> assertThat(items(server)).isPositive());
        assertThat(gets("miss")).isEqualTo(40);
        LongStream.rangeClosed(1, 40).forEach(this::product);
        assertThat(gets("hit")).isEqualTo(40);
    }

    @Test
    void neverShowsAnOldProductAfterAPut() {
        for (int i = 1; i <= 100; i++) {
            long id = 1 + i % 7;
            product(id);
            BigDecimal price = new BigDecimal(i).movePointLeft(1);
            put(id, new ProductChange("Edition " + i, price));
            assertThat(product(id).name()).isEqualTo("Edition " + i);
            assertThat(product(id).price()).isEqualByComparingTo(price);
        }
    }

    @Test
    void answersWhileTheServersAreAwayAndHitsWhenTheyAreBack() {
        product(1);
        this.servers.get(0).kill();
        awaitThat(() -> details().get("degraded").equals(true));
        assertThat(memlink()).containsEntry("status", "UP");
        assertThat(backend(0)).containsEntry("state", "DOWN").containsKey("lastFailure");
        assertThat(backend(1)).containsEntry("state", "UP");
        this.servers.get(1).kill();
        awaitThat(() -> memlink().get("status").equals("DEGRADED"));
        LongStream.rangeClosed(1, 10).forEach((id) -> assertThat(product(id).id()).isEqualTo(id));
        put(1, this.change);
        assertThat(product(1).name()).isEqualTo("Oak table");
        this.servers.forEach(MemcachedProcess::restart);
        awaitThat(() -> {
            double hits = gets("hit");
            product(1);
            return gets("hit") > hits;
        });
        assertThat(product(1).name()).isEqualTo("Oak table");
        awaitThat(() -> details().get("degraded").equals(false));
    }

    @Test
    void clearsWithOneRequest() {
        LongStream.rangeClosed(1, 20).forEach(this::product);
        this.http.delete().uri("/products/cache").retrieve().toBodilessEntity();
        LongStream.rangeClosed(1, 20).forEach(this::product);
        assertThat(gets("hit")).isZero();
        assertThat(gets("miss")).isEqualTo(40);
    }

    private Product product(long id) {
        return this.http.get().uri("/products/{id}", id).retrieve().body(Product.class);
    }

    private void put(long id, ProductChange change) {
        this.http.put()
            .uri("/products/{id}", id)
            .contentType(MediaType.APPLICATION_JSON)
            .body(change)
            .retrieve()
            .toBodilessEntity();
    }

    private double gets(String result) {
        return this.application.getBean(MeterRegistry.class)
            .get("cache.gets")
            .tag("cache", "products")
            .tag("result", result)
            .functionCounter()
            .count();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> memlink() {
        Map<String, Object> health = this.http.get().uri("/actuator/health").retrieve().body(Map.class);
        return (Map<String, Object>) ((Map<String, Object>) health.get("components")).get("memlink");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> details() {
        return (Map<String, Object>) memlink().get("details");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> backend(int server) {
        Map<String, Object> backends = (Map<String, Object>) details().get("backends");
        return (Map<String, Object>) backends.get("127.0.0.1:" + this.servers.get(server).port());
    }

    private static long items(MemcachedProcess server) {
        return Long.parseLong(server.stats().get("curr_items"));
    }

    private static void awaitThat(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10)).until(condition);
    }

}
