package io.memlink.spring.boot.autoconfigure.endpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.endpoint.RefusalAdvisor.Refusal;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.convert.ConversionServiceParameterValueMapper;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpointDiscoverer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators read when the endpoints refuse something, as it is discovered for the
 * web.
 */
class RefusalAdvisorTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                MemlinkCacheAutoConfiguration.class, MemlinkEndpointAutoConfiguration.class))
        .withUserConfiguration(Caching.class)
        .withPropertyValues("management.endpoints.web.exposure.include=memlink,memlinkadmin",
                "management.endpoint.memlinkadmin.access=UNRESTRICTED");

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

    /** Invokes as the web would, with what it has found in the path and in the body. */
    private static Object invoke(ApplicationContext context, String predicate, Map<String, Object> arguments) {
        WebEndpointDiscoverer discoverer = new WebEndpointDiscoverer(context,
                new ConversionServiceParameterValueMapper(), EndpointMediaTypes.DEFAULT, null, null,
                List.of(context.getBean(RefusalAdvisor.class)), List.of(), List.of());
        WebOperation operation = discoverer.getEndpoints()
            .stream()
            .map(ExposableWebEndpoint::getOperations)
            .flatMap((operations) -> operations.stream())
            .filter((candidate) -> candidate.getRequestPredicate().getPath().equals(predicate))
            .findFirst()
            .orElseThrow();
        return operation.invoke(new InvocationContext(SecurityContext.NONE, new HashMap<>(arguments)));
    }

    private static void assertRefused(Object answer, String reason) {
        assertThat(answer).isInstanceOfSatisfying(WebEndpointResponse.class, (response) -> {
            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(((Refusal) response.getBody()).reason()).contains(reason);
        });
    }

    @Test
    void anUnknownSettingIsNamed() {
        this.runner.run((context) -> {
            context.getBean(CacheManager.class).getCache("products");
            assertRefused(
                    invoke(context, "memlinkadmin/{kind}/{name}",
                            Map.of("kind", "cache", "name", "products", "timeToLife", "5m", "jitter", "0.1")),
                    "parameters: [timeToLife] (expected: some of [");
        });
    }

    @Test
    void anUnknownBackendIsNamedWithThoseThatAreKnown() {
        this.runner.withPropertyValues("memlink.backends=a=127.0.0.1:1")
            .run((context) -> assertRefused(
                    invoke(context, "memlinkadmin/{action}", Map.of("action", "drain", "backend", "b")),
                    "backend: b (expected: one of [a=127.0.0.1:1])"));
    }

    @Test
    void aValueOfTheWrongTypeIsNamed() {
        this.runner.run((context) -> {
            context.getBean(CacheManager.class).getCache("products");
            assertRefused(invoke(context, "memlinkadmin/{kind}/{name}",
                    Map.of("kind", "cache", "name", "products", "jitter", "little")), "jitter");
        });
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        this.runner.run((context) -> assertRefused(
                invoke(context, "memlink/{*key}", Map.of("key", new String[] { "x".repeat(251) })), "expected: "));
    }

    @Test
    void whatIsRightIsDone() {
        this.runner.run((context) -> {
            context.getBean(CacheManager.class).getCache("products");
            assertThat(invoke(context, "memlinkadmin/{kind}/{name}",
                    Map.of("kind", "cache", "name", "products", "timeToLive", "5m")))
                .isEqualTo(new MemlinkAdminEndpoint.Done("cache"));
        });
    }

}
