package io.memlink.sample;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.memlink.spring.MemlinkTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what a request finds that is still being answered while the application stops.
 */
class GracefulShutdownTests {

    @Test
    void aRequestThatHasBegunStillHasItsCache() throws Exception {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(SampleApplication.class, Slow.class).run(
                "--server.port=0", "--server.shutdown=graceful",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
        int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        Slow slow = context.getBean(Slow.class);
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
            .sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/slow")).build(),
                    HttpResponse.BodyHandlers.ofString());
        slow.begun.await();
        Thread stopping = new Thread(context::close, "stopping");
        stopping.start();
        await().until(() -> refusesConnections(port));
        slow.mayEnd.countDown();
        assertThat(answer).succeedsWithin(Duration.ofSeconds(10))
            .satisfies((response) -> assertThat(response.body()).isEqualTo("cached"));
        stopping.join();
        assertThat(context.isActive()).isFalse();
    }

    private static boolean refusesConnections(int port) {
        try {
            new Socket("localhost", port).close();
            return false;
        }
        catch (IOException ex) {
            return true;
        }
    }

    /** No stereotype: the scan of the application would find it in all tests. */
    static class Slow {

        private final CountDownLatch begun = new CountDownLatch(1);

        private final CountDownLatch mayEnd = new CountDownLatch(1);

        @Bean
        RouterFunction<ServerResponse> slowRoute(MemlinkTemplate template) {
            return RouterFunctions.route().GET("/slow", (request) -> {
                this.begun.countDown();
                this.mayEnd.await();
                template.set("slow", "cached");
                return ServerResponse.ok().body(String.valueOf(template.get("slow")));
            }).build();
        }

    }

}
