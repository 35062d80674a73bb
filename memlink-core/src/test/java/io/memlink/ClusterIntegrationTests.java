package io.memlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.KeyRoute;
import io.memlink.cluster.KeyRoute.Why;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.Outcome;
import io.memlink.link.LinkOptions;
import io.memlink.placement.Backend;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.memlink.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/**
 * Backends that fail, leave, come and are replaced under constant load, on three real
 * servers.
 */
@MemcachedTest(servers = 3)
class ClusterIntegrationTests {

    private static final int KEYS = 300;

    private List<Backend> addresses;

    private MemlinkClient client;

    private SteadyLoad load;

    @BeforeEach
    void connect(List<MemcachedProcess> servers) {
        this.addresses = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            this.addresses.add(Backend.parse("s" + i + "=127.0.0.1:" + servers.get(i).port()));
        }
    }

    private void start(int backends) {
        this.client = MemlinkClient.builder()
            .backends(this.addresses.stream().limit(backends).map(Backend::toString).toList())
            .requestTimeout(Duration.ofMillis(250))
            .build();
        soon().until(() -> this.client.backends().stream().allMatch((backend) -> backend.state() == State.UP));
        this.load = new SteadyLoad(this.client, KEYS);
        soon().until(() -> this.load.successes("s0") > 500);
        assertThat(this.load.failures()).isZero();
    }

    @AfterEach
    void close() {
        this.load.close();
        this.client.close();
    }

    private State state(int backend) {
        return this.client.backends().get(backend).state();
    }

    private void awaitSuccesses(String backend, int more) {
        int before = this.load.successes(backend);
        soon().until(() -> this.load.successes(backend) >= before + more);
    }

    private void assertOthersUnharmed() {
        assertThat(this.load.violations()).isEmpty();
        assertThat(this.load.failures("s0")).isZero();
        assertThat(this.load.failures("s1")).isZero();
    }

    private String keyOf(String backend) {
        for (int i = 0; true; i++) {
            if (this.client.explain("key-" + i).candidates().get(0).id().equals(backend)) {
                return "key-" + i;
            }
        }
    }

    private void assertRefusedAtOnce(String key) {
        CompletableFuture<byte[]> read = this.client.get(key);
        assertThat(read).isCompletedExceptionally();
        assertThat(catchThrowable(() -> this.client.blocking().get(key)))
            .asInstanceOf(type(MemlinkConnectionException.class))
            .satisfies((failure) -> {
                assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT);
                assertThat(failure.getStackTrace()).isEmpty();
            });
    }

    @Test
    void aBackendThatIsKilledCostsOnlyItsKeysUntilItIsRestarted(List<MemcachedProcess> servers) {
        start(3);
        servers.get(2).kill();
        soon().until(() -> state(2) == State.DOWN);
        assertRefusedAtOnce(keyOf("s2"));
        awaitSuccesses("s0", 500);
        servers.get(2).restart();
        soon().until(() -> state(2) == State.UP);
        awaitSuccesses("s2", 500);
        assertOthersUnharmed();
    }

    @Test
    void aBackendThatStandsStillCostsOnlyItsKeysUntilItGoesOn(List<MemcachedProcess> servers) {
        start(3);
        servers.get(2).pause();
        soon().until(() -> state(2) != State.UP);
        assertRefusedAtOnce(keyOf("s2"));
        awaitSuccesses("s0", 2000);
        servers.get(2).resume();
        soon().until(() -> state(2) == State.UP);
        awaitSuccesses("s2", 500);
        assertOthersUnharmed();
    }

    @Test
    void aBackendThatHangsIsNoticedAfterFewCallsWhateverThePoolAndTheTraffic(List<MemcachedProcess> servers) {
        start(3);
        try (MemlinkClient pooled = MemlinkClient.builder()
            .backends(this.addresses.get(2).toString())
            .poolSize(2)
            .requestTimeout(Duration.ofMillis(250))
            .build()) {
            soon().until(() -> pooled.backends().get(0).connections() == 2);
            pooled.blocking().get("one-busy-key");
            servers.get(2).pause();
            int failed = 0;
            while (pooled.backends().get(0).state() == State.UP) {
                assertThat(catchThrowable(() -> pooled.blocking().get("one-busy-key"))).isNotNull();
                failed++;
            }
            servers.get(2).resume();
            assertThat(failed).isLessThanOrEqualTo(4);
            soon().until(() -> pooled.backends().get(0).state() == State.UP);
        }
    }

    @Test
    void aBackendThatIsRestartedAgainAndAgainNeverAnswersWrongly(List<MemcachedProcess> servers) {
        start(3);
        for (int i = 0; i < 3; i++) {
            servers.get(2).restart();
            awaitSuccesses("s2", 100);
        }
        assertOthersUnharmed();
    }

    @Test
    void aBackendThatIsDrainedFinishesWhatIsUnderWay() {
        start(3);
        this.client.membership().drain("s2");
        soon().until(() -> state(2) == State.DRAINED);
        soon().until(() -> this.client.backends().get(2).inFlight() == 0);
        assertRefusedAtOnce(keyOf("s2"));
        awaitSuccesses("s0", 500);
        this.client.membership().restore("s2");
        soon().until(() -> state(2) == State.UP);
        awaitSuccesses("s2", 500);
        assertOthersUnharmed();
    }

    @Test
    void aBackendThatIsAddedTakesItsShareAndNothingFails() {
        start(2);
        Map<String, String> before = owners();
        assertThat(this.client.membership().apply(this.addresses, false)).isTrue();
        awaitSuccesses("s2", 500);
        Map<String, String> after = owners();
        after.forEach((key, owner) -> assertThat(owner).isIn("s2", before.get(key)));
        assertThat(after.values().stream().filter("s2"::equals).count() / 3000.0).isBetween(0.30, 0.37);
        assertThat(this.load.failures()).isZero();
        assertThat(this.load.violations()).isEmpty();
    }

    private Map<String, String> owners() {
        Map<String, String> owners = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            owners.put("key-" + i, this.client.explain("key-" + i).candidates().get(0).id());
        }
        return owners;
    }

    @Test
    void aBackendThatIsRemovedFinishesWhatIsUnderWay(List<MemcachedProcess> servers) {
        start(3);
        soon().until(() -> this.client.backends().get(2).connections() == LinkOptions.DEFAULT_POOL_SIZE);
        int before = connections(servers.get(2));
        assertThat(this.client.membership().apply(this.addresses.subList(0, 2), false)).isTrue();
        awaitSuccesses("s0", 1000);
        soon().until(() -> connections(servers.get(2)) == before - LinkOptions.DEFAULT_POOL_SIZE);
        assertThat(this.load.failures()).isZero();
        assertThat(this.load.violations()).isEmpty();
    }

    private static int connections(MemcachedProcess server) {
        return Integer.parseInt(server.stats().get("curr_connections"));
    }

    @Test
    void aBackendThatIsReplacedKeepsItsKeys(List<MemcachedProcess> servers) {
        start(2);
        Map<String, String> before = owners();
        Backend replacement = new Backend("s1", "127.0.0.1", servers.get(2).port());
        assertThat(this.client.membership().apply(List.of(this.addresses.get(0), replacement), false)).isTrue();
        awaitSuccesses("s1", 1000);
        assertThat(owners()).isEqualTo(before);
        assertThat(Integer.parseInt(servers.get(2).stats().get("cmd_set"))).isPositive();
        assertThat(this.load.failures()).isZero();
        assertThat(this.load.violations()).isEmpty();
    }

    @Test
    void tellsWhereAKeyLivesAndWhy() {
        start(3);
        String key = keyOf("s2");
        KeyRoute route = this.client.explain(key);
        assertThat(route.encodedKey()).isEqualTo(key);
        assertThat(route.hash()).isPresent();
        assertThat(route.candidates()).hasSize(3).containsExactlyInAnyOrderElementsOf(this.addresses);
        assertThat(route.chosen()).isEqualTo(this.addresses.get(2));
        assertThat(route.why()).isEqualTo(Why.OWNER);
        this.client.membership().drain("s2");
        soon().until(() -> state(2) == State.DRAINED);
        assertThat(this.client.explain(key).why()).isEqualTo(Why.OWNER_UNAVAILABLE);
        assertThat(this.client.explain(key).ownerState()).isEqualTo(State.DRAINED);
        assertThat(this.client.explain("a b").encodedKey()).isEqualTo("YSBi");
    }

}
