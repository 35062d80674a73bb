package io.memlink.spring.boot.autoconfigure.documents;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.documents.CompiledSample.Kind;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each sample in Java of each page is compiled, and run where it is whole: statements,
 * beans, and services whose methods are cached. Those of tests are run by the tests of
 * the starter, which hold the page about testing.
 */
class JavaSampleTests {

    private final List<EmbeddedMemcached> servers = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        this.servers.add(EmbeddedMemcached.start());
        this.servers.add(EmbeddedMemcached.start());
    }

    @AfterEach
    void stop() {
        this.servers.forEach(EmbeddedMemcached::close);
        SampleWorld.template = null;
    }

    private static List<Snippet> samples() {
        return Snippet.in("java");
    }

    @Test
    void thereAreSamplesOfEachKind() {
        List<Snippet> samples = samples();
        assertThat(samples).hasSizeGreaterThan(15);
        assertThat(samples.stream().map((sample) -> sample.page().toString())).contains("README.md",
                "docs/getting-started.md", "docs/template.md", "docs/testing.md");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isCompiledAndRun(Snippet snippet) throws Exception {
        CompiledSample sample = CompiledSample.of(snippet, withServers(snippet.text()), this.folder);
        switch (sample.kind()) {
            case STATEMENTS -> run(sample);
            case BEANS -> define(sample);
            case TYPES -> use(sample);
            case TEST_METHODS -> assertThat(snippet.page()).hasToString("docs/testing.md");
        }
    }

    private String withServers(String sample) {
        return sample.replace("cache-1:11211", "127.0.0.1:" + this.servers.get(0).port())
            .replace("cache-2:11211", "127.0.0.1:" + this.servers.get(1).port());
    }

    private ApplicationContextRunner runner(CompiledSample sample) {
        return new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MemlinkAutoConfiguration.class,
                    MemlinkTemplateAutoConfiguration.class, MemlinkCacheAutoConfiguration.class))
            .withUserConfiguration(Caching.class)
            .withClassLoader(sample.loader())
            .withPropertyValues("memlink.backends=127.0.0.1:" + this.servers.get(0).port(),
                    "memlink.request-timeout=30s", "memlink.cache.time-to-live=1h",
                    "memlink.serialization.trusted-packages=" + SampleWorld.class.getPackageName());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

    private void run(CompiledSample sample) throws Exception {
        Method run = sample.loader().loadClass("shop.Sample").getMethod("run");
        runner(sample).run((context) -> {
            SampleWorld.template = context.getBean(MemlinkTemplate.class);
            run.invoke(null);
        });
    }

    private void define(CompiledSample sample) {
        Class<?> configuration = sample.classes().get(0);
        runner(sample).withUserConfiguration(configuration).run((context) -> {
            assertThat(context).hasNotFailed();
            Stream.of(configuration.getDeclaredMethods())
                .filter((method) -> method.isAnnotationPresent(Bean.class))
                .forEach((method) -> assertThat(context.getBean(method.getName())).isNotNull());
        });
    }

    private void use(CompiledSample sample) {
        for (Class<?> type : sample.classes()) {
            if (type.isAnnotationPresent(Service.class)) {
                runner(sample).withUserConfiguration(type).run((context) -> assertLoadsOnce(context, type));
            }
            else if (type.isAnnotationPresent(Configuration.class)) {
                runner(sample).withUserConfiguration(type).run((context) -> assertThat(context).hasNotFailed());
            }
        }
    }

    private static void assertLoadsOnce(ApplicationContext context, Class<?> type) throws Exception {
        Object service = context.getBean(type);
        Method find = type.getDeclaredMethod("find", long.class);
        find.setAccessible(true);
        int before = SampleWorld.repository.finds.get();
        Object found = value(find.invoke(service, 1L));
        // The entry is stored in the background.
        Awaitility.await().untilAsserted(() -> {
            int loads = SampleWorld.repository.finds.get();
            assertThat(value(find.invoke(service, 1L))).isEqualTo(found);
            assertThat(SampleWorld.repository.finds.get()).isEqualTo(loads);
        });
        assertThat(SampleWorld.repository.finds.get()).isGreaterThan(before);
    }

    private static Object value(Object result) {
        return (result instanceof CompletableFuture<?> future) ? future.join() : result;
    }

    @Test
    void whatIsNoJavaIsNoticed() {
        Snippet wrong = new Snippet(Path.of("page.md"), 7, "java", "Product product = template.nothing();\n");
        org.assertj.core.api.Assertions.assertThatExceptionOfType(AssertionError.class)
            .isThrownBy(() -> CompiledSample.of(wrong, wrong.text(), this.folder))
            .withMessageStartingWith("page.md:7 does not compile: ")
            .withMessageContaining("cannot find symbol");
    }

    @Test
    void animportThatIsMissingIsNoticedWhereImportsAreShown() {
        Snippet wrong = new Snippet(Path.of("page.md"), 7, "java",
                "import java.util.List;\n\nList<Duration> durations = List.of();\n");
        org.assertj.core.api.Assertions.assertThatExceptionOfType(AssertionError.class)
            .isThrownBy(() -> CompiledSample.of(wrong, wrong.text(), this.folder))
            .withMessageContaining("class Duration");
    }

    @Test
    void theKindOfASampleIsSeen() {
        Snippet bean = new Snippet(Path.of("page.md"), 1, "java", "@Bean\nString name() {\n    return \"tea\";\n}\n");
        assertThat(CompiledSample.of(bean, bean.text(), this.folder).kind()).isEqualTo(Kind.BEANS);
    }

}
