package io.memlink.sample;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application as it starts on a fresh clone: with the embedded server.
 */
@SpringBootTest
@AutoConfigureMockMvc
class SampleApplicationTests {

    @Autowired
    private MockMvcTester http;

    @Autowired
    private MeterRegistry meters;

    @BeforeEach
    void clear() {
        assertThat(this.http.delete().uri("/products/cache")).hasStatus(204);
    }

    @Test
    void answersTheSecondLookFromTheCache() {
        double hits = gets("hit");
        double misses = gets("miss");
        assertThat(this.http.get().uri("/products/1")).hasStatusOk()
            .bodyJson()
            .extractingPath("$.sales.rankInCategory")
            .isEqualTo(1);
        assertThat(this.http.get().uri("/products/1")).hasStatusOk()
            .bodyJson()
            .extractingPath("$.sales.rankInCategory")
            .isEqualTo(1);
        assertThat(gets("miss")).isEqualTo(misses + 1);
        assertThat(gets("hit")).isEqualTo(hits + 1);
    }

    @Test
    void saysWhereAnAnswerCameFrom() {
        assertThat(this.http.get().uri("/products/4")).hasHeader("X-Cache", "MISS")
            .headers()
            .containsHeader("X-Cache-Backend");
        assertThat(this.http.get().uri("/products/4")).hasHeader("X-Cache", "HIT")
            .headers()
            .containsHeader("X-Cache-Backend");
        assertThat(this.http.get().uri("/products/20001")).hasStatus(404).hasHeader("X-Cache", "MISS");
    }

    @Test
    void answersWithWhatItHasWhileTheDatabaseIsDown() {
        assertThat(this.http.get().uri("/products/5")).hasStatusOk();
        assertThat(this.http.get().uri("/products/bestsellers")).hasStatusOk()
            .bodyJson()
            .extractingPath("$.products.length()")
            .isEqualTo(5);
        assertThat(this.http.put().uri("/demo/database?down=true")).hasStatusOk();
        try {
            assertThat(this.http.get().uri("/products/5")).hasStatusOk().hasHeader("X-Cache", "HIT");
            assertThat(this.http.get().uri("/products/6")).hasStatus(503)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("The database does not answer");
            await().untilAsserted(() -> assertThat(this.http.get().uri("/products/bestsellers")).hasStatusOk()
                .hasHeader("X-Cache", "STALE"));
        }
        finally {
            assertThat(this.http.put().uri("/demo/database?down=false")).hasStatusOk();
        }
        assertThat(this.http.get().uri("/products/6")).hasStatusOk();
    }

    @Test
    void needsOneQueryForAStampedeWithLeases() {
        assertThat(this.http.post().uri("/demo/stampede?protection=LEASE")).hasStatusOk()
            .bodyJson()
            .isLenientlyEqualTo("{\"callers\": 200, \"applications\": 4, \"queries\": 1}");
    }

    @Test
    void showsANewPriceToAllApplications() {
        assertThat(this.http.post().uri("/demo/price?id=7")).hasStatusOk()
            .bodyJson()
            .isLenientlyEqualTo("{\"seen\": 4, \"applications\": 4}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /demo/servers/cache-9/kill   | server: cache-9 (expected: one of [cache-1, cache-2, cache-3])
            /demo/price?id=20001         | id: 20001 (expected: a product that exists)
            """)
    void refusesWhatCannotBeShown(String path, String detail) {
        assertThat(this.http.post().uri(path)).hasStatus(409).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }

    @Test
    void showsWhatWasPut() {
        assertThat(this.http.get().uri("/products/2")).hasStatusOk();
        assertThat(put(2, "{\"name\": \" Oak table \", \"price\": 249.90}")).hasStatus(204);
        assertThat(this.http.get().uri("/products/2")).bodyJson()
            .isLenientlyEqualTo("{\"name\": \"Oak table\", \"price\": 249.90}");
    }

    @Test
    void remembersUnknownProducts() {
        double hits = gets("hit");
        assertThat(this.http.get().uri("/products/20001")).hasStatus(404);
        assertThat(this.http.get().uri("/products/20001")).hasStatus(404)
            .bodyJson()
            .extractingPath("$.detail")
            .isEqualTo("There is no product 20001");
        assertThat(gets("hit")).isEqualTo(hits + 1);
        assertThat(put(20001, "{\"name\": \"Oak table\", \"price\": 1}")).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    {"price": 1}                    | name: null (expected: 1 to 120 characters, not all of them blank)
                    {"name": " ", "price": 1}       | name:   (expected: 1 to 120 characters, not all of them blank)
                    {"name": "Lamp", "price": 0}    | price: 0 (expected: 0.01 to 99999999.99, with at most two decimals)
                    {"name": "Lamp", "price": 1.005}| price: 1.005 (expected: 0.01 to 99999999.99, with at most two decimals)
                    {"name": "Lamp"                 | body: not readable (expected: JSON such as {"name": "Oak table", "price": 249.90})
                    """)
    void refusesWhatIsNoProduct(String body, String detail) {
        assertThat(put(3, body)).hasStatus(400).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({ "0,'id: 0 (expected: 1 or more)'", "one,id: one (expected: a whole number)" })
    void refusesWhatIsNoNumber(String id, String detail) {
        assertThat(this.http.get().uri("/products/" + id)).hasStatus(400)
            .bodyJson()
            .extractingPath("$.detail")
            .isEqualTo(detail);
    }

    @Test
    void showsThatMemlinkIsUp() {
        assertThat(this.http.get().uri("/actuator/health")).hasStatusOk()
            .bodyJson()
            .extractingPath("$.components.memlink.status")
            .isEqualTo("UP");
    }

    @Test
    void hasAPage() {
        assertThat(this.http.get().uri("/")).hasStatusOk().hasForwardedUrl("index.html");
        assertThat(this.http.get().uri("/index.html")).hasStatusOk().bodyText().contains("Memlink");
        assertThat(List.of("page.js", "api.js", "charts.js", "servers.js", "stories.js", "page.css", "icon.svg",
                "uplot/uPlot.iife.min.js", "uplot/uPlot.min.css", "uplot/LICENSE"))
            .allSatisfy((file) -> assertThat(this.http.get().uri("/" + file)).as(file).hasStatusOk());
    }

    private MvcTestResult put(long id, String body) {
        return this.http.put().uri("/products/" + id).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    }

    private double gets(String result) {
        return this.meters.get("cache.gets").tag("cache", "products").tag("result", result).functionCounter().count();
    }

}
