package io.memlink.sample;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.MemlinkTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

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

    private static final String[] SECRETS = { PASSWORD, KEY_STORE, TRUST_STORE, NAMED_CLIENT, KEY };

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

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

}
