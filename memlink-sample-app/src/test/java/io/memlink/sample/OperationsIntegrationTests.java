package io.memlink.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * What an operator can tell from outside while one of three servers goes and comes.
 */
@MemcachedTest(servers = 3)
class OperationsIntegrationTests {

    private MemcachedProcess server;

    private String id;

    private Actuator actuator;

    @BeforeEach
    void start(MemcachedProcess first, MemcachedProcess second, MemcachedProcess third) {
        this.server = first;
        this.id = id(first);
        this.actuator = Actuator.start("memlink.backends=" + id(first) + "," + id(second) + "," + id(third));
        awaitThat(() -> assertThat(this.actuator.scrape().sum("memlink_backend_up")).isEqualTo(3));
    }

    private static String id(MemcachedProcess server) {
        return "127.0.0.1:" + server.port();
    }

    @AfterEach
    void stop() {
        this.actuator.close();
    }

    @Test
    void tellsTheWholeStoryOfAServerThatIsKilledAndStartedAgain() {
        readProducts();
        tellsThatAllIsWell();
        this.server.kill();
        awaitThat(() -> assertThat(up()).isZero());
        readProducts();
        tellsWhoIsDownAndWhatItCosts();
        this.server.restart();
        awaitThat(() -> assertThat(up()).isEqualTo(1));
        double hits = requests("hit");
        awaitThat(() -> {
            readProducts();
            assertThat(requests("hit")).isGreaterThan(hits);
        });
        tellsThatItIsBack();
    }

    private void tellsThatAllIsWell() {
        assertThat(this.actuator.health()).containsEntry("degraded", false);
        assertThat(backend()).containsEntry("state", "UP").doesNotContainKey("lastFailure");
        assertThat(transitions("up")).isEqualTo(1);
        assertThat(transitions("down")).isZero();
        assertThat(requests("unavailable") + requests("lost")).isZero();
        assertThat(requests("stored")).isPositive();
    }

    private void tellsWhoIsDownAndWhatItCosts() {
        double share = (Double) backend().get("share");
        assertThat(share).isBetween(0.2, 0.5);
        assertThat(this.actuator.health()).containsEntry("degraded", true);
        assertThat((Double) this.actuator.health().get("unusableShare")).isCloseTo(share, within(0.001));
        assertThat(backend()).containsEntry("state", "DOWN").containsEntry("connections", 0);
        assertThat(backend().get("lastFailure")).asString().isNotBlank();
        assertThat(events()).anyMatch((what) -> what.startsWith("UP to DOWN"));
        Scrape scrape = this.actuator.scrape();
        assertThat(scrape.sum("memlink_backend_up")).isEqualTo(2);
        assertThat(scrape.sum("memlink_disconnects_total", backendLabel())).isPositive();
        assertThat(transitions("down")).isEqualTo(1);
        assertThat(requests("unavailable")).isPositive();
    }

    private void tellsThatItIsBack() {
        awaitThat(() -> assertThat(this.actuator.health()).containsEntry("degraded", false)
            .containsEntry("unusableShare", 0.0));
        assertThat(backend()).containsEntry("state", "UP");
        awaitThat(() -> assertThat(backend()).containsEntry("connections", backend().get("poolSize")));
        assertThat(transitions("up")).isGreaterThanOrEqualTo(2);
        assertThat(events()).anyMatch((what) -> what.endsWith(" to UP"));
        assertThat(this.actuator.scrape().sum("memlink_connects_total", backendLabel())).isGreaterThanOrEqualTo(2);
    }

    @Test
    void hasEveryMetricOfTheDashboardAndOfTheAlertRules() {
        readProducts();
        Set<String> wanted = new TreeSet<>();
        for (String file : List.of("dashboard.json", "alerts.yml")) {
            List<String> expressions = OperationsFiles.expressions(file);
            assertThat(expressions).hasSizeGreaterThan(5);
            expressions.forEach((expression) -> wanted.addAll(PromQuery.parse(expression).metrics()));
        }
        // Prometheus says itself whether it could scrape.
        wanted.remove("up");
        Scrape scrape = this.actuator.scrape();
        assertThat(scrape.names()).containsAll(wanted);
        assertThat(scrape.sum("memlink_backend_up", "application=\"memlink-sample\"")).isEqualTo(3);
    }

    private void readProducts() {
        LongStream.rangeClosed(1, 40)
            .forEach((product) -> assertThat(this.actuator.json("/products/" + product)).containsKey("name"));
    }

    private double up() {
        return this.actuator.scrape().sum("memlink_backend_up", backendLabel());
    }

    private double requests(String outcome) {
        return this.actuator.scrape()
            .sum("memlink_requests_seconds_count", backendLabel(), "outcome=\"" + outcome + "\"");
    }

    private double transitions(String state) {
        return this.actuator.scrape()
            .sum("memlink_backend_transitions_total", backendLabel(), "state=\"" + state + "\"");
    }

    private String backendLabel() {
        return "backend=\"" + this.id + "\"";
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> backend() {
        return ((List<Map<String, Object>>) this.actuator.client().get("backends")).stream()
            .filter((backend) -> backend.get("id").equals(this.id))
            .findFirst()
            .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private List<String> events() {
        return ((List<Map<String, Object>>) this.actuator.client().get("events")).stream()
            .filter((event) -> this.id.equals(event.get("backend")))
            .map((event) -> (String) event.get("what"))
            .toList();
    }

    private static void awaitThat(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

}
