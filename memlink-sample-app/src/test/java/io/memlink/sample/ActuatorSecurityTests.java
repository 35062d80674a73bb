package io.memlink.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.memlink.spring.MemlinkTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what through actuator.
 */
class ActuatorSecurityTests {

    private static final List<HttpMethod> WRITING = List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH,
            HttpMethod.DELETE);

    private static Actuator guarded;

    private static Actuator open;

    @BeforeAll
    static void start() {
        guarded = Actuator.start(Guarded.class, "management.endpoints.web.exposure.include=*",
                "management.endpoints.access.max-permitted=unrestricted",
                "management.endpoint.memlinkadmin.access=unrestricted");
        open = Actuator.start("management.endpoints.web.exposure.include=*");
    }

    @AfterAll
    static void stop() {
        guarded.close();
        open.close();
    }

    @ParameterizedTest
    @CsvSource({ "GET, health, 200, 200, 200", "GET, memlink, 401, 403, 200", "GET, memlink/some-key, 401, 403, 200",
            "GET, prometheus, 401, 403, 200", "POST, memlink, 401, 403, 405", "DELETE, memlink/some-key, 401, 403, 405",
            "POST, memlinkadmin/clear, 401, 403, 200", "POST, memlinkadmin/drain, 401, 403, 400",
            "POST, memlinkadmin/eject, 401, 403, 400", "POST, memlinkadmin/restore, 401, 403, 400",
            "POST, memlinkadmin/membership, 401, 403, 400", "POST, memlinkadmin/cache/none, 401, 403, 400",
            "GET, memlinkadmin/clear, 401, 403, 405" })
    void answersWhoMayAsk(String method, String path, int anonymous, int user, int admin) {
        HttpMethod httpMethod = HttpMethod.valueOf(method);
        String uri = "/actuator/" + path;
        assertThat(guarded.status(httpMethod, uri, "anonymous")).isEqualTo(anonymous);
        assertThat(guarded.status(httpMethod, uri, "user")).isEqualTo(user);
        assertThat(guarded.status(httpMethod, uri, "admin")).isEqualTo(admin);
    }

    @ParameterizedTest
    @CsvSource({ "memlink, 405", "memlink/some-key, 405", "memlinkadmin, 404", "memlinkadmin/clear, 404",
            "memlinkadmin/drain, 404", "memlinkadmin/eject, 404", "memlinkadmin/restore, 404",
            "memlinkadmin/membership, 404", "memlinkadmin/cache/none, 404" })
    void changesNothingByDefaultWhateverIsExposed(String path, int status) {
        assertThat(WRITING).allSatisfy(
                (method) -> assertThat(open.status(method, "/actuator/" + path, "anonymous")).isEqualTo(status));
    }

    @Test
    void nothingIsExposedUnlessTheApplicationSaysSo() {
        try (Actuator usual = Actuator.start("management.endpoints.web.exposure.include=health",
                "management.endpoints.access.max-permitted=unrestricted")) {
            for (String path : List.of("memlink", "memlink/some-key", "memlinkadmin", "memlinkadmin/clear")) {
                assertThat(usual.status(HttpMethod.GET, "/actuator/" + path, "anonymous")).as(path).isEqualTo(404);
                assertThat(usual.status(HttpMethod.POST, "/actuator/" + path, "anonymous")).as(path).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "%0D%0Aflush_all%0D%0A", "a%20b", "%00", "k%20N30%20q", "%C3%A4%F0%9F%A6%80", "%2e%2e",
            "a%3Fb%26cache%3Dproducts" })
    void aKeyWithOddCharactersIsAKeyAndNothingElse(String key) {
        MemlinkTemplate template = open.bean(MemlinkTemplate.class);
        // Enough of them that each server has some.
        Map<String, String> sentinels = IntStream.range(0, 30)
            .boxed()
            .collect(Collectors.toMap((i) -> "sentinel" + i, (i) -> "x"));
        template.setAll(sentinels, Duration.ofMinutes(1));
        assertThat(open.statusOfEncoded("/actuator/memlink?key=" + key)).isEqualTo(200);
        assertThat(open.statusOfEncoded("/actuator/memlink/" + key)).isIn(200, 400);
        assertThat(sentinels.keySet()).allMatch((sentinel) -> "x".equals(template.get(sentinel)));
    }

    @Test
    void linksToNoEndpointThatSteers() {
        assertThat(open.text("/actuator")).contains("/actuator/memlink\"").doesNotContain("memlinkadmin");
    }

    /** No stereotype: the scan of the application would find it in all tests. */
    @EnableWebSecurity
    static class Guarded {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.securityMatcher("/actuator/**")
                .authorizeHttpRequests((requests) -> requests.requestMatchers("/actuator/health")
                    .permitAll()
                    .anyRequest()
                    .hasRole("ADMIN"))
                .httpBasic(Customizer.withDefaults())
                // Its callers are programs, and have no session to forge.
                .csrf(AbstractHttpConfigurer::disable)
                .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(account("user", "USER"), account("admin", "ADMIN"));
        }

        private static UserDetails account(String name, String role) {
            return User.withUsername(name).password("{noop}" + name).roles(role).build();
        }

    }

}
