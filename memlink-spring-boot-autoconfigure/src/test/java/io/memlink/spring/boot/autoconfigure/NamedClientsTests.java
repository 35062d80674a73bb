package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.placement.Backend;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedMemcachedTest
class NamedClientsTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(
                AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class))
        .withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.clients.sessions.backends=127.0.0.1:2",
                "memlink.clients.sessions.pool.size=3", "memlink.request-timeout=10s");

    static class Consumer {

        @Autowired
        private MemlinkClient unnamed;

        @Autowired
        private MemlinkTemplate template;

        @Autowired
        @Qualifier("sessions")
        private MemlinkClient sessions;

        @Autowired
        @Qualifier("sessions")
        private MemlinkTemplate sessionsTemplate;

    }

    @Test
    void areInjectedWhereTheirNameIsTheQualifier() {
        this.runner.withBean(Consumer.class).run((context) -> {
            Consumer consumer = context.getBean(Consumer.class);
            assertThat(consumer.unnamed).isSameAs(context.getBean("memlinkClient"))
                .isSameAs(context.getBean(MemlinkClient.class));
            assertThat(consumer.template.client()).isSameAs(consumer.unnamed);
            assertThat(consumer.sessions).isSameAs(context.getBean("sessionsMemlinkClient"));
            assertThat(consumer.sessionsTemplate.client()).isSameAs(consumer.sessions);
            assertThat(ports(consumer.unnamed)).containsExactly(1);
            assertThat(ports(consumer.sessions)).containsExactly(2);
            assertThat(consumer.sessions.backends().get(0).poolSize()).isEqualTo(3);
        });
    }

    @Test
    void useTheBackendsOfTheUnnamedOneUnlessTheyHaveTheirOwn(EmbeddedMemcached server) {
        this.runner
            .withPropertyValues("memlink.backends=127.0.0.1:" + server.port(),
                    "memlink.clients.patient.request-timeout=20s")
            .run((context) -> {
                MemlinkTemplate template = context.getBean("patientMemlinkTemplate", MemlinkTemplate.class);
                template.set("key", "value", Duration.ofMinutes(1));
                assertThat(context.getBean(MemlinkTemplate.class).get("key")).isEqualTo("value");
            });
    }

    @Test
    void needBackendsWhereTheyHaveALogin() {
        this.runner.withPropertyValues("memlink.clients.patient.username=me", "memlink.clients.patient.password=secret")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.clients.patient.backends")
                .hasStackTraceContaining("expected: backends, or no such setting"));
    }

    @Test
    void nameTheirPropertyThatIsWrong() {
        this.runner.withPropertyValues("memlink.clients.sessions.pool.size=65")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.clients.sessions.pool.size with value '65' is invalid"));
    }

    @Test
    void askConnectionDetailsOfTheirName() {
        this.runner.withUserConfiguration(SessionsDetails.class).run((context) -> {
            assertThat(ports(context.getBean("sessionsMemlinkClient", MemlinkClient.class))).containsExactly(4);
            assertThat(ports(context.getBean(MemlinkClient.class))).containsExactly(1);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class SessionsDetails {

        @Bean(defaultCandidate = false)
        MemlinkConnectionDetails sessionsMemlinkConnectionDetails() {
            return () -> List.of(Backend.of("127.0.0.1", 4));
        }

    }

    @Test
    void backOffFromBeansOfTheirName() {
        MemlinkClient own = MemlinkClient.builder().backends("127.0.0.1:5").build();
        this.runner.withBean("sessionsMemlinkClient", MemlinkClient.class, () -> own)
            .run((context) -> assertThat(context.getBean("sessionsMemlinkClient")).isSameAs(own));
    }

    @Test
    void doNotReplaceTheApplicationsOwnClient() {
        MemlinkClient own = MemlinkClient.builder().backends("127.0.0.1:5").build();
        this.runner.withBean("own", MemlinkClient.class, () -> own).run((context) -> {
            assertThat(context).doesNotHaveBean("memlinkClient").hasBean("sessionsMemlinkClient");
            assertThat(context.getBean(MemlinkClient.class)).isSameAs(own);
            assertThat(context.getBean(MemlinkTemplate.class).client()).isSameAs(own);
        });
    }

    private static ApplicationContextRunner withVariables(ApplicationContextRunner runner,
            Map<String, Object> variables) {
        return runner.withInitializer((context) -> context.getEnvironment()
            .getPropertySources()
            .replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a-b", "aB", "AB", "ab" })
    void takeTheirSettingsFromVariablesWhateverTheirNamesLookLike(String name) {
        withVariables(this.runner.withPropertyValues("memlink.clients." + name + ".backends=127.0.0.1:3"),
                Map.of("MEMLINK_CLIENTS_AB_POOL_SIZE", "4"))
            .run((context) -> {
                assertThat(context.getBeansOfType(MemlinkClient.class)).containsOnlyKeys("memlinkClient",
                        "sessionsMemlinkClient", name + "MemlinkClient");
                MemlinkClient client = context.getBean(name + "MemlinkClient", MemlinkClient.class);
                assertThat(ports(client)).containsExactly(3);
                assertThat(client.backends().get(0).poolSize()).isEqualTo(4);
            });
    }

    @Test
    void canBeNamedByVariablesAlone() {
        withVariables(this.runner, Map.of("MEMLINK_CLIENTS_USERS_BACKENDS", "127.0.0.1:3"))
            .run((context) -> assertThat(ports(context.getBean("usersMemlinkClient", MemlinkClient.class)))
                .containsExactly(3));
    }

    @ParameterizedTest
    @CsvSource({ "shop,Shop", "a-b,ab", "a-b,aB" })
    void areRefusedWhereTheirNamesAreTheSameToSpringBoot(String one, String other) {
        this.runner
            .withPropertyValues("memlink.clients." + one + ".backends=127.0.0.1:3",
                    "memlink.clients." + other + ".backends=127.0.0.1:4")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("The names " + one + " and " + other + " are the same to Spring Boot"));
    }

    @Test
    void doWithoutJackson() {
        this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
            .run((context) -> assertThat(context).hasNotFailed()
                .hasBean("sessionsMemlinkClient")
                .hasBean("sessionsMemlinkTemplate"));
    }

    @Test
    void stopWithTheContext() {
        MemlinkClient[] sessions = new MemlinkClient[1];
        this.runner.run((context) -> {
            MemlinkClient client = context.getBean("sessionsMemlinkClient", MemlinkClient.class);
            assertThat(client.isRunning()).isTrue();
            sessions[0] = client;
        });
        assertThat(sessions[0].isRunning()).isFalse();
    }

    private static List<Integer> ports(MemlinkClient client) {
        return client.backends().stream().map((backend) -> backend.address().port()).toList();
    }

}
