package io.memlink.sample;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

/**
 * The sample application as an operator sees it: over HTTP and through nothing else. Owns
 * the application.
 */
final class Actuator implements AutoCloseable {

    private final ConfigurableApplicationContext application;

    private final RestClient http;

    private final String base;

    private Actuator(ConfigurableApplicationContext application) {
        this.application = application;
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        this.base = "http://127.0.0.1:" + port;
        this.http = RestClient.builder()
            .baseUrl(this.base)
            // What is not 2xx is an answer too.
            .defaultStatusHandler((status) -> true, (request, response) -> {
            })
            .build();
    }

    /** Starts the application with properties, and with beans of a test. */
    static Actuator start(Class<?> beans, String... properties) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID()));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new Actuator(
                new SpringApplication(SampleApplication.class, beans).run(arguments.toArray(String[]::new)));
    }

    /** Starts the application with properties. */
    static Actuator start(String... properties) {
        return start(SampleApplication.class, properties);
    }

    <T> T bean(Class<T> type) {
        return this.application.getBean(type);
    }

    int status(HttpMethod method, String path, String user) {
        RestClient.RequestBodySpec request = this.http.method(method).uri(path).headers((headers) -> {
            if (!user.equals("anonymous")) {
                headers.setBasicAuth(user, user, StandardCharsets.UTF_8);
            }
        });
        if (method == HttpMethod.POST) {
            request.contentType(MediaType.APPLICATION_JSON).body(Map.of("cache", "products"));
        }
        ResponseEntity<Void> response = request.retrieve().toBodilessEntity();
        return response.getStatusCode().value();
    }

    /** Asks for a path that is encoded already. */
    int statusOfEncoded(String path) {
        return this.http.get().uri(URI.create(this.base + path)).retrieve().toBodilessEntity().getStatusCode().value();
    }

    String text(String path) {
        return String.valueOf(this.http.get().uri(path).retrieve().body(String.class));
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> json(String path) {
        return this.http.get().uri(path).retrieve().body(Map.class);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> health() {
        Map<String, Object> components = (Map<String, Object>) json("/actuator/health").get("components");
        Map<String, Object> memlink = (Map<String, Object>) components.get("memlink");
        return (Map<String, Object>) memlink.get("details");
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> client() {
        Map<String, Object> clients = (Map<String, Object>) json("/actuator/memlink").get("clients");
        return (Map<String, Object>) clients.get("memlinkClient");
    }

    Scrape scrape() {
        return Scrape.parse(text("/actuator/prometheus"));
    }

    @Override
    public void close() {
        this.application.close();
    }

}
