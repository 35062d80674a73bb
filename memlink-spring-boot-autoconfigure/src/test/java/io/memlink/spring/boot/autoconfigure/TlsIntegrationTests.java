package io.memlink.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.MemlinkClient;
import io.memlink.link.LinkOptions;
import io.memlink.meta.Expiration;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.test.MemcachedProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Certificates from everywhere they may come from, with a memcached that speaks TLS.
 */
@ExtendWith(OutputCaptureExtension.class)
class TlsIntegrationTests {

    @TempDir
    private Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, MemlinkAutoConfiguration.class,
                MemlinkTemplateAutoConfiguration.class))
        .withPropertyValues("memlink.fail-fast=true", "memlink.connect-timeout=10s", "memlink.request-timeout=10s");

    private void readsAndWrites(MemcachedProcess server, List<String> properties) {
        this.runner.withPropertyValues("memlink.backends=localhost:" + server.port())
            .withPropertyValues(properties.toArray(String[]::new))
            .run((context) -> {
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                template.set("key", "value", Duration.ofMinutes(1));
                assertThat(template.get("key")).isEqualTo("value");
            });
    }

    @Test
    void trustsABundleOrAStore() {
        ServerCertificate certificate = ServerCertificate.create(this.directory, "dns:localhost");
        try (MemcachedProcess server = MemcachedProcess.start(certificate.serverArguments())) {
            readsAndWrites(server, List.of("memlink.ssl.bundle=cache",
                    "spring.ssl.bundle.pem.cache.truststore.certificate=" + certificate.certificate().toUri()));
            readsAndWrites(server,
                    List.of("memlink.ssl.trust-store=" + certificate.store().toUri(),
                            "memlink.ssl.trust-store-password=" + ServerCertificate.PASSWORD,
                            "memlink.ssl.trust-store-type=PKCS12"));
        }
    }

    @Test
    void showsACertificateOfItsOwn() {
        ServerCertificate certificate = ServerCertificate.create(this.directory.resolve("server"), "dns:localhost");
        ServerCertificate client = ServerCertificate.create(this.directory.resolve("client"), "dns:client");
        String options = certificate.serverArguments()[2] + ",ssl_verify_mode=2,ssl_ca_cert=" + client.certificate();
        try (MemcachedProcess server = MemcachedProcess.start("-Z", "-o", options)) {
            readsAndWrites(server,
                    List.of("memlink.ssl.trust-store=" + certificate.store().toUri(),
                            "memlink.ssl.trust-store-password=" + ServerCertificate.PASSWORD,
                            "memlink.ssl.key-store=" + client.store().toUri(),
                            "memlink.ssl.key-store-password=" + ServerCertificate.PASSWORD));
        }
    }

    @Test
    void newConnectionsUseTheBundleThatWasUpdated(CapturedOutput output) {
        ServerCertificate old = ServerCertificate.create(this.directory, "dns:localhost");
        try (MemcachedProcess server = MemcachedProcess.start(old.serverArguments())) {
            this.runner
                .withPropertyValues("memlink.backends=localhost:" + server.port(), "memlink.ssl.bundle=cache",
                        "spring.ssl.bundle.pem.cache.truststore.certificate=" + old.certificate().toUri())
                .run((context) -> {
                    MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                    template.set("key", "old", Duration.ofMinutes(1));
                    ServerCertificate fresh = ServerCertificate.create(this.directory, "dns:localhost");
                    PemSslStoreDetails trusted = PemSslStoreDetails
                        .forCertificate(fresh.certificate().toUri().toString());
                    context.getBean(SslBundleRegistry.class)
                        .updateBundle("cache", SslBundle.of(new PemSslStoreBundle(null, trusted)));
                    server.restart();
                    await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                        template.set("key", "new", Duration.ofMinutes(1));
                        return "new".equals(template.get("key"));
                    });
                });
        }
        assertThat(output).doesNotContain("doesn't support SSL reloading");
    }

    @Test
    void connectionsAreReplacedAfterAnUpdateAndNoRequestIsLost() {
        ServerCertificate certificate = ServerCertificate.create(this.directory, "dns:localhost");
        try (MemcachedProcess server = MemcachedProcess.start(certificate.serverArguments())) {
            this.runner
                .withPropertyValues("memlink.backends=localhost:" + server.port(), "memlink.ssl.bundle=cache",
                        "memlink.pool.idle-ping=1s",
                        "spring.ssl.bundle.pem.cache.truststore.certificate=" + certificate.certificate().toUri())
                .run((context) -> {
                    MemlinkClient client = context.getBean(MemlinkClient.class);
                    await().until(() -> client.backends().get(0).connections() == LinkOptions.DEFAULT_POOL_SIZE);
                    long before = statistic(client, "total_connections");
                    PemSslStoreDetails trusted = PemSslStoreDetails
                        .forCertificate(certificate.certificate().toUri().toString());
                    context.getBean(SslBundleRegistry.class)
                        .updateBundle("cache", SslBundle.of(new PemSslStoreBundle(null, trusted)));
                    List<CompletableFuture<Void>> requests = new ArrayList<>();
                    await().atMost(Duration.ofSeconds(20)).until(() -> {
                        for (int i = 0; i < 100; i++) {
                            requests.add(client.set("key-" + i, new byte[100], Expiration.never()));
                        }
                        return statistic(client, "total_connections") > before;
                    });
                    assertThat(requests)
                        .allSatisfy((request) -> assertThat(request).succeedsWithin(Duration.ofSeconds(10)));
                    await().until(() -> client.backends().get(0).connections() == LinkOptions.DEFAULT_POOL_SIZE);
                });
        }
    }

    private static long statistic(MemlinkClient client, String name) {
        String backend = client.backends().get(0).address().id();
        return Long.parseLong(client.membership().statistics(backend).join().get(name));
    }

    @Test
    void verifiesTheNameOfTheServerUnlessToldOtherwise() {
        ServerCertificate certificate = ServerCertificate.create(this.directory, "dns:cache.example.com");
        try (MemcachedProcess server = MemcachedProcess.start(certificate.serverArguments())) {
            List<String> trust = List.of("memlink.ssl.trust-store=" + certificate.store().toUri(),
                    "memlink.ssl.trust-store-password=" + ServerCertificate.PASSWORD);
            this.runner.withPropertyValues("memlink.backends=localhost:" + server.port())
                .withPropertyValues(trust.toArray(String[]::new))
                .run((context) -> assertThat(context).getFailure()
                    .hasRootCauseMessage("No subject alternative DNS name matching localhost found."));
            readsAndWrites(server, List.of(trust.get(0), trust.get(1), "memlink.ssl.verify-hostname=false"));
        }
    }

}
