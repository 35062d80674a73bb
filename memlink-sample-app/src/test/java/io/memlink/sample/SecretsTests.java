package io.memlink.sample;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.spring.MemlinkTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What must not be seen is seen nowhere: not by an operator, in the log, or in what is
 * thrown.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

    private static final String PASSWORD = "secret-of-the-login";

    private static final String KEY_STORE = "secret-of-the-key-store";

    private static final String TRUST_STORE = "secret-of-the-trust-store";

    private static final String NAMED_CLIENT = "secret-of-the-named-client";

    private static final String KEY = "secret-of-a-key";

    private static final String VALUE = "secret-of-a-value";

    private static final String[] SECRETS = { PASSWORD, KEY_STORE, TRUST_STORE, NAMED_CLIENT, KEY, VALUE };

    @TempDir
    private Path directory;

    private final EmbeddedMemcached server = EmbeddedMemcached.builder().credentials("cache", "right").start();

    @AfterEach
    void stop() {
        this.server.close();
    }

    private Actuator start(String... more) {
        String backends = "127.0.0.1:" + this.server.port();
        List<String> properties = new ArrayList<>(List.of("memlink.backends=" + backends, "memlink.username=cache",
                "memlink.password=" + PASSWORD, "memlink.clients.orders.backends=" + backends,
                "memlink.clients.orders.username=cache", "memlink.clients.orders.password=" + NAMED_CLIENT,
                "management.endpoints.web.exposure.include=*"));
        properties.addAll(List.of(more));
        return Actuator.start(properties.stream().distinct().toArray(String[]::new));
    }

    /** Two files, since a password belongs to each. */
    private String[] stores(String prefix) {
        return new String[] { prefix + "backends=127.0.0.1:" + this.server.port(), prefix + "ssl.enabled=true",
                prefix + "ssl.key-store=" + this.directory.resolve("key-store.p12").toUri(),
                prefix + "ssl.key-store-password=" + KEY_STORE,
                prefix + "ssl.trust-store=" + this.directory.resolve("trust-store.p12").toUri(),
                prefix + "ssl.trust-store-password=" + TRUST_STORE };
    }

    private void writeStore(String name, String password) throws Exception {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(keytool, "-genkeypair", "-alias", "client", "-keyalg", "EC", "-dname",
                "CN=client", "-validity", "2", "-storetype", "PKCS12", "-storepass", password, "-keystore",
                this.directory.resolve(name).toString())
            .inheritIO()
            .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void areNotSeenWhileLoginsAndHandshakesFail(CapturedOutput output) throws Exception {
        writeStore("key-store.p12", KEY_STORE);
        writeStore("trust-store.p12", TRUST_STORE);
        try (Actuator actuator = start(stores("memlink.clients.encrypted."))) {
            await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(actuator.text("/actuator/health")).contains("\"DOWN\"")
                    .contains("lastFailure")
                    .doesNotContain("CONNECTING"));
            Throwable failure = catchThrowable(() -> actuator.bean(MemlinkTemplate.class).get(KEY));
            assertThat(failure).isNotNull();
            assertThat(trace(failure)).doesNotContain(SECRETS);
            for (String endpoint : List.of("health", "memlink", "configprops", "env", "prometheus", "beans",
                    "metrics")) {
                assertThat(actuator.text("/actuator/" + endpoint)).as(endpoint)
                    .hasSizeGreaterThan(100)
                    .doesNotContain(SECRETS);
            }
        }
        assertThat(output.toString()).contains("is DOWN").doesNotContain(SECRETS);
    }

    @Test
    void areNotSeenWhereAStoreCannotBeOpened(CapturedOutput output) {
        Throwable failure = catchThrowable(() -> start(stores("memlink.")).close());
        assertThat(failure).isNotNull();
        assertThat(trace(failure)).contains("-store.p12").doesNotContain(SECRETS);
        assertThat(output.toString()).doesNotContain(SECRETS);
    }

    /**
     * What a value is called and what is in it stays out of everything that people read,
     * however much is logged, and whatever goes wrong.
     */
    @Test
    void neitherKeysNorValuesAreSeenWhateverFails(CapturedOutput output) {
        try (EmbeddedMemcached open = EmbeddedMemcached.builder().credentials("cache", PASSWORD).start();
                Actuator actuator = Actuator.start("memlink.backends=127.0.0.1:" + open.port(),
                        "memlink.username=cache", "memlink.password=" + PASSWORD, "memlink.throw-on-undecodable=true",
                        "memlink.slow-request-threshold=1ms", "logging.level.io.memlink=TRACE",
                        "logging.level.io.netty=TRACE", "management.endpoints.web.exposure.include=*")) {
            MemlinkTemplate template = actuator.bean(MemlinkTemplate.class);
            template.set(KEY, VALUE);
            assertThat(template.get(KEY)).isEqualTo(VALUE);
            List<Throwable> failures = new ArrayList<>();
            failures.add(catchThrowable(() -> template.increment(KEY, 1)));
            failures.add(catchThrowable(() -> template.get(KEY, Integer.class)));
            failures.add(catchThrowable(() -> template.set(KEY + "-large", tooLarge())));
            Cache cache = actuator.bean(CacheManager.class).getCache("products");
            cache.put(KEY, VALUE);
            await().untilAsserted(() -> assertThat(cache.get(KEY)).isNotNull());
            failures.add(catchThrowable(() -> cache.get(KEY, Integer.class)));
            failures.add(catchThrowable(() -> template.set(KEY, new Unfit(VALUE))));
            for (Fault fault : List.of(Fault.wrongLength(-5), Fault.wrongLength(5), Fault.extraLine(VALUE),
                    Fault.wrongOpaque(), Fault.replaceWith(VALUE + "\r\n"), Fault.closeConnection(), Fault.garbage())) {
                open.faults().next("mg", fault);
                failures.add(catchThrowable(() -> template.get(KEY)));
                await().ignoreExceptions().until(() -> VALUE.equals(template.get(KEY)));
            }
            assertThat(failures).filteredOn(Objects::nonNull)
                .hasSizeGreaterThan(8)
                .allSatisfy((failure) -> assertThat(trace(failure)).doesNotContain(SECRETS));
            assertThat(template + " " + template.client() + " " + template.client().backends()).doesNotContain(SECRETS);
            for (String endpoint : List.of("health", "memlink", "configprops", "env", "prometheus", "beans", "metrics",
                    "caches", "conditions", "loggers", "mappings", "threaddump")) {
                assertThat(actuator.text("/actuator/" + endpoint)).as(endpoint).doesNotContain(SECRETS);
            }
        }
        assertThat(output.toString()).contains("io.memlink").doesNotContain(SECRETS);
    }

    /** Compressed, too. */
    private static String tooLarge() {
        StringBuilder text = new StringBuilder(VALUE);
        new Random(1).ints(4_000_000, 'a', 'z').forEach(text::appendCodePoint);
        return text.toString();
    }

    /** Cannot be kept, and shows its content when it is printed. */
    private static final class Unfit extends Thread {

        Unfit(String name) {
            super(name);
        }

    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

}
