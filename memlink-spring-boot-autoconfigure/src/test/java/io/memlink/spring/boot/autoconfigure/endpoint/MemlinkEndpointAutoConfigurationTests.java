package io.memlink.spring.boot.autoconfigure.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.link.LinkOptions;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.endpoint.MemlinkEndpoint.BackendDescriptor;
import io.memlink.spring.boot.autoconfigure.endpoint.MemlinkEndpoint.CacheDescriptor;
import io.memlink.spring.boot.autoconfigure.endpoint.MemlinkEndpoint.ClientDescriptor;
import io.memlink.spring.boot.autoconfigure.endpoint.MemlinkEndpoint.EntriesDescriptor;
import io.memlink.spring.boot.autoconfigure.endpoint.MemlinkEndpoint.RouteDescriptor;
import io.memlink.spring.boot.autoconfigure.endpoint.MemlinkEndpoint.RoutesDescriptor;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheConfiguration;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class MemlinkEndpointAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                MemlinkCacheAutoConfiguration.class, MemlinkEndpointAutoConfiguration.class))
        .withUserConfiguration(Caching.class)
        .withPropertyValues("management.endpoints.web.exposure.include=memlink,memlinkadmin");

    private final ApplicationContextRunner steering = this.runner
        .withPropertyValues("management.endpoint.memlinkadmin.access=UNRESTRICTED");

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.memlink.spring.boot");

    @BeforeEach
    void logAsApplicationsDo() {
        this.logger.setLevel(Level.INFO);
    }

    @AfterEach
    void logAsTestsDo() {
        this.logger.setLevel(null);
    }

    private static void awaitBackends(ApplicationContext context) {
        MemlinkClient client = context.getBean(MemlinkClient.class);
        await().atMost(Duration.ofSeconds(10))
            .until(() -> client.backends()
                .stream()
                .allMatch((backend) -> backend.state() == State.UP && backend.connections() == backend.poolSize()));
    }

    private static ClientDescriptor client(ApplicationContext context) {
        return context.getBean(MemlinkEndpoint.class).clients(null).clients().get("memlinkClient");
    }

    private static RouteDescriptor route(ApplicationContext context, String key) {
        OperationResponseBody body = context.getBean(MemlinkEndpoint.class)
            .key(key.split("/"), null, SecurityContext.NONE);
        return ((RoutesDescriptor) body).clients().get("memlinkClient");
    }

    @Test
    void showsBackendsAndWhatHappened() {
        this.runner.run((context) -> {
            awaitBackends(context);
            ClientDescriptor client = client(context);
            assertThat(client.membership().generation()).isEqualTo(1);
            assertThat(client.backends()).singleElement().satisfies((backend) -> {
                assertThat(backend.state()).isEqualTo("UP");
                assertThat(backend.share()).isEqualTo(1.0);
                assertThat(backend.version()).isNotBlank();
                assertThat(backend.connections()).isEqualTo(LinkOptions.DEFAULT_POOL_SIZE);
            });
            await().untilAsserted(() -> assertThat(client(context).events()).singleElement()
                .satisfies((event) -> assertThat(event.what()).isEqualTo("CONNECTING to UP")));
        });
    }

    @ParameterizedTest
    @CsvSource({ "never,false", "when-authorized,false", "always,true" })
    void showsTheContentOfValuesToThoseWhoMaySeeIt(String showValues, boolean shown) {
        this.runner.withPropertyValues("management.endpoint.memlink.show-values=" + showValues).run((context) -> {
            context.getBean(MemlinkTemplate.class).set("key", List.of("s3cret", 42L));
            RouteDescriptor route = route(context, "key");
            assertThat(route.value()).isNotNull();
            assertThat(route.value().format()).isEqualTo("typed");
            assertThat(route.value().text())
                .isEqualTo(shown ? "List.of [\"s3cret\", Long(42)]" : "List.of [******, Long ******]");
            assertThat(route(context, "unknown").value()).isNull();
        });
    }

    @Test
    void showsWhetherCachesCanBeUsed() {
        this.runner.run((context) -> {
            awaitBackends(context);
            assertThat(client(context).caches()).isEmpty();
            context.getBean(CacheManager.class).getCache("things");
            assertThat(client(context).caches()).containsExactly(new CacheDescriptor("things", true));
        });
    }

    @Test
    void asksServersForStatisticsOnceInAWhile() {
        this.runner.run((context) -> {
            awaitBackends(context);
            assertThat(client(context).statistics()).isNull();
            MemlinkEndpoint endpoint = context.getBean(MemlinkEndpoint.class);
            Map<String, Map<String, String>> first = endpoint.clients(true).clients().get("memlinkClient").statistics();
            String backend = client(context).backends().get(0).id();
            assertThat(first).containsOnlyKeys(backend);
            assertThat(first.get(backend)).containsKeys("curr_items", "evictions", "bytes");
            Cache cache = context.getBean(CacheManager.class).getCache("products");
            cache.put("k", "v");
            assertThat(cache.get("k")).isNotNull();
            assertThat(endpoint.clients(true).clients().get("memlinkClient").statistics()).isEqualTo(first);
        });
    }

    @Test
    void explainsAKey() {
        this.runner.run((context) -> {
            awaitBackends(context);
            RouteDescriptor route = route(context, "user 7");
            assertThat(route.encodedKey()).isEqualTo("dXNlciA3");
            assertThat(route.candidates()).hasSize(1);
            assertThat(route.why()).isEqualTo("OWNER");
        });
    }

    @Test
    void findsAKeyWithSlashes() {
        this.runner.run((context) -> {
            context.getBean(MemlinkTemplate.class).set("shop/7/price", "350");
            assertThat(route(context, "shop/7/price").value()).isNotNull();
            OperationResponseBody body = context.getBean(MemlinkEndpoint.class)
                .read(null, null, "shop/7/price", SecurityContext.NONE);
            assertThat(((RoutesDescriptor) body).clients().get("memlinkClient").value()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource({ "things, 7, Integer", "things, 8, Long", "a/b:c, seven, String",
            "things, 0f8fad5b-d9cb-469f-a165-70867728950e, UUID" })
    void findsTheEntryOfACache(String name, String text, String type) {
        Object key = switch (type) {
            case "Integer" -> Integer.valueOf(text);
            case "Long" -> Long.valueOf(text);
            case "UUID" -> UUID.fromString(text);
            default -> text;
        };
        this.runner.withPropertyValues("memlink.cache.key-prefix=shop").run((context) -> {
            context.getBean(CacheManager.class).getCache(name).put(key, "value");
            await().untilAsserted(
                    () -> assertThat(context.getBean(CacheManager.class).getCache(name).get(key)).isNotNull());
            Map<String, RouteDescriptor> entries = entries(context, name, text);
            assertThat(entries.get(type).value()).isNotNull();
            entries.keySet()
                .stream()
                .filter((other) -> !other.equals(type))
                .forEach((other) -> assertThat(entries.get(other).value()).isNull());
        });
    }

    private static Map<String, RouteDescriptor> entries(ApplicationContext context, String cache, String key) {
        OperationResponseBody body = context.getBean(MemlinkEndpoint.class)
            .read(null, cache, key, SecurityContext.NONE);
        return ((EntriesDescriptor) body).entries();
    }

    @Test
    void saysWhyItRefusesAKey() {
        this.runner.run((context) -> {
            MemlinkEndpoint endpoint = context.getBean(MemlinkEndpoint.class);
            context.getBean(CacheManager.class).getCache("things");
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> endpoint.key(new String[] { "x".repeat(251) }, null, SecurityContext.NONE))
                .withMessageContaining("expected: ");
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> endpoint.read(null, "others", "1", SecurityContext.NONE))
                .withMessageContaining("cache: others (expected: one of [things])");
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> endpoint.read(null, "things", null, SecurityContext.NONE))
                .withMessageContaining("key: null (expected: ");
        });
    }

    @Test
    void doesNotSteerUnlessAllowed() {
        this.runner.run((context) -> assertThat(context).doesNotHaveBean(MemlinkAdminEndpoint.class)
            .hasSingleBean(MemlinkEndpoint.class));
    }

    @Test
    void drainsAndRestores() {
        this.steering.run((context) -> {
            awaitBackends(context);
            MemlinkAdminEndpoint admin = context.getBean(MemlinkAdminEndpoint.class);
            String backend = client(context).backends().get(0).id();
            admin.act("drain", null, backend, null, null, null);
            await().until(() -> client(context).backends().get(0).state().equals("DRAINED"));
            admin.act("restore", "memlinkClient", backend, null, null, null);
            await().until(() -> client(context).backends().get(0).state().equals("UP"));
        });
    }

    @Test
    void ejectsUntilProbesFindTheBackendWell() {
        this.steering.run((context) -> {
            awaitBackends(context);
            String backend = client(context).backends().get(0).id();
            context.getBean(MemlinkAdminEndpoint.class).act("eject", null, backend, null, null, null);
            await()
                .until(() -> client(context).events().stream().anyMatch((event) -> event.what().contains("EJECTED")));
            await().until(() -> client(context).backends().get(0).state().equals("UP"));
        });
    }

    @Test
    void usesOtherBackends() {
        this.steering.run((context) -> {
            MemlinkAdminEndpoint admin = context.getBean(MemlinkAdminEndpoint.class);
            admin.act("membership", null, null, "a=127.0.0.1:1, b=127.0.0.1:2", true, null);
            assertThat(client(context).backends().stream().map(BackendDescriptor::id)).containsExactly("a", "b");
            assertThat(client(context).membership().generation()).isEqualTo(2);
        });
    }

    @Test
    void clearsACache() {
        this.steering.run((context) -> {
            Cache cache = context.getBean(CacheManager.class).getCache("products");
            cache.put("k", "v");
            assertThat(cache.get("k")).isNotNull();
            context.getBean(MemlinkAdminEndpoint.class).act("clear", null, null, null, null, "products");
            assertThat(cache.get("k")).isNull();
        });
    }

    @Test
    void doesNothingToACacheOfAClientThatThereIsNot() {
        this.steering.run((context) -> {
            context.getBean(CacheManager.class).getCache("products");
            MemlinkAdminEndpoint admin = context.getBean(MemlinkAdminEndpoint.class);
            String problem = "client: nosuch (expected: one of [memlinkClient])";
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> admin.act("clear", "nosuch", null, null, null, "products"))
                .withMessageContaining(problem);
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> admin.configure("cache", "products", "nosuch", "5m", null, null, null, null))
                .withMessageContaining(problem);
            admin.act("clear", "memlinkClient", null, null, null, "products");
            admin.configure("cache", "products", "memlinkClient", "5m", null, null, null, null);
        });
        this.steering.withPropertyValues("memlink.clients.second.pool.size=2").run((context) -> {
            context.getBean(CacheManager.class).getCache("products");
            MemlinkAdminEndpoint admin = context.getBean(MemlinkAdminEndpoint.class);
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> admin.act("clear", "secondMemlinkClient", null, null, null, "products"))
                .withMessageContaining("cache: products (expected: one of [])");
        });
    }

    @Test
    void changesHowACacheBehaves() {
        this.steering.run((context) -> {
            MemlinkCacheManager manager = context.getBean(MemlinkCacheManager.class);
            MemlinkCache cache = (MemlinkCache) manager.getCache("products");
            MemlinkAdminEndpoint admin = context.getBean(MemlinkAdminEndpoint.class);
            admin.configure("cache", "products", null, "5m", "PT30S", 0.1, "1m", "10s");
            MemlinkCacheConfiguration changed = cache.getCacheConfiguration();
            assertThat(changed.timeToLive()).isEqualTo(Duration.ofMinutes(5));
            assertThat(changed.nullTimeToLive()).isEqualTo(Duration.ofSeconds(30));
            assertThat(changed.jitter()).isEqualTo(0.1);
            assertThat(changed.staleFor()).isEqualTo(Duration.ofMinutes(1));
            assertThat(changed.recacheBefore()).isEqualTo(Duration.ofSeconds(10));
            admin.configure("cache", "products", null, "6m", null, null, null, null);
            assertThat(cache.getCacheConfiguration().timeToLive()).isEqualTo(Duration.ofMinutes(6));
            assertThat(cache.getCacheConfiguration().staleFor()).isEqualTo(Duration.ofMinutes(1));
        });
    }

    @Test
    void refusesAChangeOfNothing() {
        this.steering.run((context) -> {
            context.getBean(CacheManager.class).getCache("products");
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> context.getBean(MemlinkAdminEndpoint.class)
                    .configure("cache", "products", null, null, null, null, null, null))
                .withMessageContaining("change: none (expected: one or more of [timeToLive, ");
        });
    }

    @Test
    void logsWhatItDid(CapturedOutput output) {
        this.steering.run((context) -> {
            context.getBean(CacheManager.class).getCache("products");
            MemlinkAdminEndpoint admin = context.getBean(MemlinkAdminEndpoint.class);
            admin.act("clear", null, null, null, null, "products");
            admin.configure("cache", "products", null, "5m", null, null, null, "10s");
            assertThat(output).contains("memlinkadmin: clear cache products")
                .contains("memlinkadmin: cache products has timeToLive=5m recacheBefore=10s from now on");
        });
    }

    @ParameterizedTest
    @CsvSource({ "cache, products, soon, 'timeToLive: soon (expected: a time such as 5m)'",
            "cache, products, 0s, 'timeToLive: PT0S (expected: more than zero)'", "cache, none, 5m, 'cache: none'",
            "client, products, 5m, 'kind: client (expected: cache)'" })
    void saysWhatIsWrongWithASetting(String kind, String cache, String timeToLive, String problem) {
        this.steering.run((context) -> {
            context.getBean(CacheManager.class).getCache("products");
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> context.getBean(MemlinkAdminEndpoint.class)
                    .configure(kind, cache, null, timeToLive, null, null, null, null))
                .withMessageContaining(problem);
        });
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        this.steering.run((context) -> {
            MemlinkAdminEndpoint admin = context.getBean(MemlinkAdminEndpoint.class);
            Map<List<String>, String> problems = Map.of(List.of("explode", "", "", ""), "action: explode",
                    List.of("drain", "", "", ""), "backend: ", List.of("drain", "nobody", "", ""),
                    "backend: nobody (expected: one of [", List.of("membership", "", "host:port", ""), "host:port",
                    List.of("membership", "", "a:1", ""), "backends: ", List.of("clear", "", "", "none"),
                    "cache: none");
            problems.forEach((request, problem) -> assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> admin.act(request.get(0), null, request.get(1), request.get(2), null, request.get(3)))
                .withMessageContaining(problem));
        });
    }

    @Test
    void needsActuator() {
        this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
            .run((context) -> assertThat(context).hasNotFailed().hasSingleBean(MemlinkClient.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

}
