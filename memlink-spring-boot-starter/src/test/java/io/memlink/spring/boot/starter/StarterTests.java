package io.memlink.spring.boot.starter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that has the starter, a web server, and nothing else.
 */
@ExtendWith(OutputCaptureExtension.class)
class StarterTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    @Import({ Squares.class, SquareController.class })
    static class Application {

    }

    @Service
    static class Squares {

        private final AtomicInteger calculated = new AtomicInteger();

        @Cacheable(cacheNames = "squares", sync = true)
        public String square(int number) {
            return number * number + " calculated " + this.calculated.incrementAndGet();
        }

    }

    @RestController
    record SquareController(Squares squares) {

        @GetMapping("/squares/{number}")
        String square(@PathVariable int number) {
            return this.squares.square(number);
        }

    }

    private static ConfigurableApplicationContext start(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--server.port=0";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return SpringApplication.run(Application.class, all);
    }

    private static String get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
        return HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
            .body();
    }

    private static List<String> warnings(CapturedOutput output) {
        return output.getAll().lines().filter((line) -> line.matches(".* (WARN|ERROR) .*")).toList();
    }

    @Test
    void startsRunsAndStopsWithNoWarningButThatOfTheEmbeddedServer(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(get(application, "/squares/7")).isEqualTo("49 calculated 1");
            assertThat(get(application, "/squares/7")).isEqualTo("49 calculated 1");
            assertThat(application.getBean(CacheManager.class).getClass().getSimpleName())
                .isEqualTo("MemlinkCacheManager");
        }
        assertThat(warnings(output)).singleElement().asString().contains("started an embedded memcached");
        assertThat(output).doesNotContain("APPLICATION FAILED");
    }

    @Test
    void startsWithoutItsServers() throws Exception {
        try (ConfigurableApplicationContext application = start("--memlink.backends=127.0.0.1:1")) {
            assertThat(get(application, "/squares/8")).startsWith("64 calculated");
            assertThat(get(application, "/squares/8")).startsWith("64 calculated");
        }
    }

    @Test
    void leavesAllElseToTheApplicationWhenDisabled(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = start("--memlink.enabled=false")) {
            assertThat(get(application, "/squares/9")).isEqualTo("81 calculated 1");
            assertThat(application.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("memlinkClient"));
        }
        assertThat(warnings(output)).isEmpty();
    }

}
