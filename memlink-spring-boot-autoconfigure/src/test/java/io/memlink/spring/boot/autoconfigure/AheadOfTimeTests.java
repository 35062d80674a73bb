package io.memlink.spring.boot.autoconfigure;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.MemlinkClientProperties.Ssl;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

import static org.assertj.core.api.Assertions.assertThat;

class AheadOfTimeTests {

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    @AutoConfigurationPackage
    @ImportAutoConfiguration({ MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
            MemlinkCacheAutoConfiguration.class, CacheAutoConfiguration.class })
    static class Application {

    }

    @Test
    void namesWhatIsLookedUpByName() throws ClassNotFoundException {
        RuntimeHints hints = new RuntimeHints();
        new MemlinkRuntimeHints().registerHints(hints, getClass().getClassLoader());
        for (String queue : new String[] { "Producer", "Consumer", "ColdProducer" }) {
            Class<?> fields = Class.forName("org.jctools.queues.BaseMpscLinkedArrayQueue" + queue + "Fields");
            assertThat(RuntimeHintsPredicates.reflection()
                .onType(fields)
                .withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS)).accepts(hints);
        }
        assertThat(RuntimeHintsPredicates.reflection()
            .onType(Class.forName("io.memlink.link.Connection"))
            .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(SimpleKey.class, "params")).accepts(hints);
    }

    record Coordinates(int latitude, int longitude) {
    }

    record Place(String name, Coordinates coordinates) {
    }

    static class Places {

        @Cacheable("places")
        public CompletableFuture<List<Place>> near(Coordinates coordinates) {
            return CompletableFuture.completedFuture(List.of());
        }

    }

    @Test
    void whatCachedMethodsReturnAndTakeCanBeTakenApart() {
        TestGenerationContext generation = new TestGenerationContext(AheadOfTimeTests.class);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Places.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        RuntimeHints hints = generation.getRuntimeHints();
        assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(Place.class, "coordinates")).accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor(Place.class)))
            .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Coordinates.class, "latitude"))
            .accepts(hints);
    }

    private static Constructor<?> constructor(Class<?> record) {
        return record.getDeclaredConstructors()[0];
    }

    @Test
    @CompileWithForkedClassLoader
    void theApplicationRunsAsItWasProcessed() {
        TestGenerationContext generation = new TestGenerationContext(AheadOfTimeTests.class);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of("memlink.backends=127.0.0.1:1", "memlink.clients.sessions.backends=127.0.0.1:1")
                .applyTo(context);
            context.register(Application.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        generation.writeGeneratedContent();
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(MemlinkClientProperties.class, "setBackends"))
            .accepts(generation.getRuntimeHints());
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Ssl.class, "setBundle"))
            .accepts(generation.getRuntimeHints());
        TestCompiler.forSystem().with(generation).compile((compiled) -> {
            @SuppressWarnings("unchecked")
            ApplicationContextInitializer<GenericApplicationContext> application = compiled
                .getInstance(ApplicationContextInitializer.class);
            try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
                run(application, server);
            }
        });
    }

    /** The names of clients may be others than when the application was processed. */
    private static void run(ApplicationContextInitializer<GenericApplicationContext> application,
            EmbeddedMemcached server) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            String backend = "127.0.0.1:" + server.port();
            TestPropertyValues
                .of("memlink.backends=" + backend, "memlink.clients.others.backends=" + backend,
                        "memlink.request-timeout=10s", "memlink.clients.others.request-timeout=10s")
                .applyTo(context);
            application.initialize(context);
            context.refresh();
            MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
            template.set("key", "value", Duration.ofMinutes(1));
            assertThat(context.getBean("othersMemlinkTemplate", MemlinkTemplate.class).get("key")).isEqualTo("value");
            assertThat(context.getBean(MemlinkClient.class)).isSameAs(context.getBean("memlinkClient"));
            context.getBean(CacheManager.class).getCache("things").put("one", "1");
            assertThat(context.getBean(CacheManager.class).getCache("things").get("one", String.class)).isEqualTo("1");
        }
    }

}
