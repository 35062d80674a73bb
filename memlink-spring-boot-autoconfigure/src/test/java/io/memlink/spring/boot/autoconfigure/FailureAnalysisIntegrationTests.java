package io.memlink.spring.boot.autoconfigure;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.memlink.discovery.Discovery;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.test.MemcachedProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * What an application says that does not start, each time for the real reason.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisIntegrationTests {

    @TempDir
    private Path directory;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ SslAutoConfiguration.class, MemlinkAutoConfiguration.class,
            MemlinkTemplateAutoConfiguration.class })
    static class Application {

        public static void main(String[] arguments) {
            SpringApplication.run(Application.class, arguments);
        }

    }

    private static void start(String... properties) {
        List<String> all = new ArrayList<>(List.of("memlink.fail-fast=true", "spring.main.banner-mode=off"));
        all.addAll(List.of(properties));
        assertThatException()
            .isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
                .properties(all.toArray(String[]::new))
                .run()
                .close());
    }

    @Test
    void unknownHost(CapturedOutput output) {
        start("memlink.backends=no-such-host.invalid");
        assertThat(output).contains("APPLICATION FAILED TO START")
            .contains("no-such-host.invalid:11211: unknown host")
            .contains("Correct the name no-such-host.invalid in memlink.backends")
            .contains("Without memlink.fail-fast=true the application starts");
    }

    @Test
    void backendsThatCannotBeDiscovered(CapturedOutput output) {
        start("memlink.discovery.type=dns", "memlink.discovery.names=no-such-host.invalid",
                "memlink.connect-timeout=300ms");
        assertThat(output).contains("backends were not discovered yet")
            .contains("no-such-host.invalid")
            .contains("Correct memlink.discovery.names");
    }

    @Test
    void nobodyListens(CapturedOutput output) {
        start("memlink.backends=127.0.0.1:1");
        assertThat(output).contains("Connection refused").contains("Start memcached there (memcached -p 1)");
    }

    @Test
    void aPortThatSpeaksTls(CapturedOutput output) {
        ServerCertificate certificate = ServerCertificate.create(this.directory, "dns:localhost");
        try (MemcachedProcess server = MemcachedProcess.start(certificate.serverArguments())) {
            start("memlink.backends=127.0.0.1:" + server.port());
        }
        assertThat(output).contains("as a port that speaks TLS would").contains("set memlink.ssl.bundle");
    }

    @Test
    void aPortThatDoesNotSpeakTls(CapturedOutput output) {
        try (MemcachedProcess server = MemcachedProcess.start()) {
            start("memlink.backends=127.0.0.1:" + server.port(), "memlink.ssl.enabled=true",
                    "memlink.connect-timeout=300ms");
        }
        assertThat(output).contains("The port does not seem to speak TLS");
    }

    @Test
    void redis(CapturedOutput output) throws Exception {
        try (RedisServer server = RedisServer.start(this.directory)) {
            await().atMost(Duration.ofSeconds(10))
                .until(() -> Files.readString(this.directory.resolve("redis.log")).contains("Ready to accept"));
            start("memlink.backends=127.0.0.1:" + server.port());
        }
        assertThat(output).contains("is it Redis?").contains("memcached listens on 11211").contains("Redis on 6379");
    }

    @Test
    void wrongCredentials(CapturedOutput output) throws Exception {
        Path users = Files.writeString(this.directory.resolve("users"), "me:right\n");
        try (MemcachedProcess server = MemcachedProcess.start("-Y", users.toString())) {
            start("memlink.backends=127.0.0.1:" + server.port(), "memlink.username=me", "memlink.password=wrong-one");
        }
        assertThat(output).contains("the server refused the login")
            .doesNotContain("login of me")
            .contains("Set memlink.username and memlink.password to a line of the file")
            .doesNotContain("wrong-one");
    }

    @Test
    void aCertificateForAnotherName(CapturedOutput output) {
        ServerCertificate certificate = ServerCertificate.create(this.directory, "dns:cache.example.com");
        try (MemcachedProcess server = MemcachedProcess.start(certificate.serverArguments())) {
            start("memlink.backends=127.0.0.1:" + server.port(), "memlink.ssl.trust-store=" + certificate.store(),
                    "memlink.ssl.trust-store-password=" + ServerCertificate.PASSWORD, "memlink.connect-timeout=10s");
        }
        assertThat(output).contains("The certificate of the server is not valid for 127.0.0.1")
            .contains("memlink.ssl.verify-hostname=false would accept any trusted certificate");
    }

    @Test
    void aCertificateNobodyTrusts(CapturedOutput output) {
        ServerCertificate certificate = ServerCertificate.create(this.directory, "ip:127.0.0.1");
        try (MemcachedProcess server = MemcachedProcess.start(certificate.serverArguments())) {
            start("memlink.backends=127.0.0.1:" + server.port(), "memlink.ssl.enabled=true",
                    "memlink.connect-timeout=10s");
        }
        assertThat(output).contains("Add the certificate of the server, or of its issuer");
    }

    @Test
    void aBackendThatIsNotOne(CapturedOutput output) {
        start("memlink.backends=cache-1:port");
        assertThat(output).contains("Invalid value 'cache-1:port' for configuration property 'memlink.backends'")
            .contains("expected: host, host:port, [ipv6]:port");
    }

    @Test
    void aBackendThatComesTwice(CapturedOutput output) {
        start("memlink.backends=cache-1,cache-1");
        assertThat(output).contains("for configuration property 'memlink.backends'")
            .contains("expected: different ones, but cache-1:11211 comes twice");
    }

    @Test
    void aBackendOfTheGutterThatComesTwice(CapturedOutput output) {
        start("memlink.backends=cache-1", "memlink.failover.mode=gutter", "memlink.failover.gutter=spare,spare");
        assertThat(output).contains("for configuration property 'memlink.failover.gutter'")
            .contains("expected: different ones, but spare:11211 comes twice");
    }

    @ParameterizedTest
    @CsvSource({ "cache-1, cache-1:11211", "cache-1:11211=spare, cache-1:11211=spare:11211" })
    void aBackendOfTheGutterThatItStandsInFor(String spare, String twice, CapturedOutput output) {
        start("memlink.backends=cache-1", "memlink.failover.mode=gutter", "memlink.failover.gutter=" + spare);
        assertThat(output).contains("for configuration property 'memlink.failover.gutter'")
            .contains("expected: different ones, but " + twice + " comes twice");
    }

    @ParameterizedTest
    @ValueSource(strings = { "ketama-spymemcached", "ketama-xmemcached" })
    void aBackendThatTheLocatorCannotName(String locator, CapturedOutput output) {
        start("memlink.backends=localhost:1", "memlink.routing.locator=" + locator);
        assertThat(output)
            .contains("Invalid value '" + locator + "' for configuration property 'memlink.routing.locator'")
            .contains("localhost/<address>:1=localhost:1");
    }

    @Test
    void aBundleThatCannotBeRead(CapturedOutput output) {
        start("memlink.backends=127.0.0.1:1", "memlink.ssl.bundle=cache",
                "spring.ssl.bundle.pem.cache.truststore.certificate=file:/no/such/file.pem");
        assertThat(output).contains("Invalid value 'cache' for configuration property 'memlink.ssl.bundle'")
            .contains("It cannot be read: ")
            .contains("/no/such/file.pem")
            .contains("spring.ssl.bundle.pem.cache");
    }

    @Test
    void aBackendBesideADiscoveryThatComesTwice(CapturedOutput output) {
        start("memlink.backends=cache-1,cache-1", "memlink.discovery.type=dns", "memlink.discovery.names=caches");
        assertThat(output).contains("for configuration property 'memlink.backends'")
            .contains("expected: different ones, but cache-1:11211 comes twice");
    }

    @Test
    void anIntervalThatIsTooShort(CapturedOutput output) {
        start("memlink.discovery.type=dns", "memlink.discovery.names=caches", "memlink.discovery.interval=1ms");
        assertThat(output).contains("Invalid value '1ms' for configuration property 'memlink.discovery.interval'")
            .contains("expected: 1 second to 1 hour");
    }

    @Test
    void aSizeThatIsTooLargeForANumber(CapturedOutput output) {
        start("memlink.backends=127.0.0.1:1", "memlink.max-value-bytes=-3GB");
        assertThat(output).contains("for configuration property 'memlink.max-value-bytes'").contains("expected: 1024");
    }

    @Test
    void aBundleThatDoesNotExist(CapturedOutput output) {
        start("memlink.backends=127.0.0.1:1", "memlink.ssl.bundle=cache",
                "spring.ssl.bundle.pem.caches.truststore.certificate=",
                "spring.ssl.bundle.pem.web.truststore.certificate=");
        assertThat(output).contains("Invalid value 'cache' for configuration property 'memlink.ssl.bundle'")
            .contains("expected: one of ")
            .contains("caches")
            .contains("web");
    }

    @Test
    void aBundleWhereThereAreNone(CapturedOutput output) {
        start("memlink.backends=127.0.0.1:1", "memlink.ssl.bundle=cache");
        assertThat(output).contains("Invalid value 'cache' for configuration property 'memlink.ssl.bundle'")
            .contains("There are no SSL bundles (expected: one below spring.ssl.bundle)");
    }

    @Test
    void anOldServer(CapturedOutput output) {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().version("1.5.22").start()) {
            start("memlink.backends=127.0.0.1:" + server.port());
        }
        assertThat(output).contains("memcached 1.5.22 does not speak the meta protocol")
            .contains("Upgrade that server to memcached 1.6.10 or newer")
            .contains("memlink.backends");
    }

    @Test
    void aUserWithoutAPassword(CapturedOutput output) {
        start("memlink.fail-fast=false", "memlink.backends=127.0.0.1:1", "memlink.username=me");
        assertThat(output).contains("for configuration property 'memlink.password'")
            .contains("A user name is set without a password (expected: that of the user");
    }

    @Test
    void aUserWhoseNameCannotBeSent(CapturedOutput output) {
        start("memlink.fail-fast=false", "memlink.backends=127.0.0.1:1", "memlink.username=alice too",
                "memlink.password=secret");
        assertThat(output).contains("The value of the property memlink.username is invalid")
            .contains("username: one of 9 characters (expected: one or more, no space, colon or control)")
            .doesNotContain("alice")
            .doesNotContain("secret");
    }

    @Test
    void aPasswordThatCannotBeSent(CapturedOutput output) {
        start("memlink.fail-fast=false", "memlink.backends=127.0.0.1:1", "memlink.username=alice",
                "memlink.password=sec\u0007ret");
        assertThat(output).contains("The value of the property memlink.password is invalid")
            .contains("password: with a control character (expected: none)")
            .doesNotContain("alice")
            .doesNotContain("sec\u0007ret");
    }

    @Test
    void encryptionWithoutAServer(CapturedOutput output) {
        start("memlink.fail-fast=false", "memlink.ssl.enabled=true");
        assertThat(output).contains("for configuration property 'memlink.backends'")
            .contains("so an embedded server without logins and encryption would be used, but memlink.ssl is set");
    }

    @Test
    void credentialsWithoutAServer(CapturedOutput output) {
        start("memlink.fail-fast=false", "memlink.username=me", "memlink.password=secret");
        assertThat(output).contains("for configuration property 'memlink.backends'")
            .contains("so an embedded server without logins and encryption would be used, but memlink.username is set")
            .doesNotContain("secret");
    }

    @Test
    void namesToLookUpWithoutAType(CapturedOutput output) {
        start("memlink.fail-fast=false", "memlink.discovery.names=caches");
        assertThat(output).contains("for configuration property 'memlink.discovery.type'")
            .contains("expected: dns, srv or elasticache");
    }

    @Test
    void connectionDetailsThatAreNotValid(CapturedOutput output) {
        Backend backend = Backend.of("127.0.0.1", 1);
        startWith(new Details(List.of(backend, backend), null));
        assertThat(output).contains("The connection details are not valid")
            .contains(Details.class.getName())
            .contains("backends: [127.0.0.1:1, 127.0.0.1:1] (expected: different ones");
    }

    @Test
    void connectionDetailsWithoutBackends(CapturedOutput output) {
        startWith(new Details(null, null));
        assertThat(output).contains(Details.class.getName() + ": backends: null (expected: a list");
    }

    @Test
    void connectionDetailsWithABadInterval(CapturedOutput output) {
        startWith(new Details(List.of(), Duration.ZERO));
        assertThat(output)
            .contains(Details.class.getName() + ": discoveryInterval: PT0S (expected: 1 second to 1 hour)")
            .contains("Correct the bean of type");
    }

    record Details(@Nullable List<Backend> backends, @Nullable Duration interval) implements MemlinkConnectionDetails {

        @Override
        public List<Backend> getBackends() {
            return this.backends;
        }

        @Override
        public @Nullable BackendDiscovery getDiscovery() {
            return (this.interval != null) ? new BackendDiscovery(Discovery.dns(List.of("caches")), this.interval)
                    : null;
        }

    }

    private static void startWith(Details details) {
        assertThatException()
            .isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off")
                .initializers((context) -> ((GenericApplicationContext) context).registerBean("own",
                        MemlinkConnectionDetails.class, () -> details))
                .run()
                .close());
    }

    @Test
    void aNamedClient(CapturedOutput output) {
        start("memlink.backends=127.0.0.1:1", "memlink.fail-fast=false", "memlink.clients.sessions.fail-fast=true",
                "memlink.clients.sessions.backends=127.0.0.1:2");
        assertThat(output).contains("The backend 127.0.0.1:2 of memlink.clients.sessions.backends");
    }

    @Test
    void aBundleAndAKeyStore(CapturedOutput output) {
        start("memlink.ssl.bundle=some", "memlink.ssl.key-store=some.p12", "memlink.backends=127.0.0.1:1");
        assertThat(output).contains("mutually exclusive")
            .contains("memlink.ssl.bundle")
            .contains("memlink.ssl.key-store");
    }

    @Test
    void certificatesWithoutTls(CapturedOutput output) {
        start("memlink.ssl.enabled=false", "memlink.ssl.trust-store=some.p12", "memlink.backends=127.0.0.1:1");
        assertThat(output).contains("Invalid value 'false' for configuration property 'memlink.ssl.enabled'")
            .contains("memlink.ssl.trust-store is set");
    }

    @Test
    void aStoreThatCannotBeRead(CapturedOutput output) {
        start("memlink.ssl.trust-store=no-such.p12", "memlink.backends=127.0.0.1:1");
        assertThat(output).contains("for configuration property 'memlink.ssl.trust-store'")
            .contains("It cannot be read");
    }

    @Test
    void serializationOfAnyClass(CapturedOutput output) {
        start("memlink.fail-fast=false", "memlink.serialization.format=jdk", "memlink.serialization.jdk-filter=**");
        assertThat(output).contains("APPLICATION FAILED TO START")
            .contains("memlink.serialization.jdk-filter")
            .contains("expected: ");
    }

    @Test
    void compressionWithoutItsLibrary() throws Exception {
        String classPath = Arrays
            .stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator))
            .filter((entry) -> !entry.contains("zstd-jni"))
            .collect(Collectors.joining(File.pathSeparator));
        Path output = this.directory.resolve("output");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                classPath, Application.class.getName(), "--spring.main.web-application-type=none",
                "--spring.docker.compose.enabled=false", "--memlink.backends=127.0.0.1:1",
                "--memlink.compression.algorithm=zstd")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(output).content()
            .contains("APPLICATION FAILED TO START")
            .contains("memlink.compression.algorithm")
            .contains("com.github.luben:zstd-jni on the class path");
    }

}
