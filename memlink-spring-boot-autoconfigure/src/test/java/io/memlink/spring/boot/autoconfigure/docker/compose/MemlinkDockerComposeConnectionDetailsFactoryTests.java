package io.memlink.spring.boot.autoconfigure.docker.compose;

import java.util.Map;

import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.MemlinkConnectionDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class MemlinkDockerComposeConnectionDetailsFactoryTests {

    private static final String LABEL = "org.springframework.boot.service-connection";

    @ParameterizedTest
    @ValueSource(
            strings = { "memcached", "memcached:1.6-alpine", "docker.io/library/memcached", "bitnami/memcached:1" })
    void knowsTheServiceByItsImage(String image) {
        assertThat(connections(image, "127.0.0.1", Map.of())).containsOnlyKeys(MemlinkConnectionDetails.class);
    }

    @Test
    void knowsTheServiceByItsLabel() {
        assertThat(connections("registry.example.com/cache:1", "127.0.0.1", Map.of(LABEL, "memcached")))
            .containsOnlyKeys(MemlinkConnectionDetails.class);
    }

    @Test
    void leavesOtherServicesAlone() {
        assertThat(connections("registry.example.com/cache:1", "127.0.0.1", Map.of())).isEmpty();
        assertThat(connections("memcached", "127.0.0.1", Map.of(LABEL, "something"))).isEmpty();
    }

    @Test
    void tellsWhereTheServiceIs() {
        assertThat(details("127.0.0.1", Map.of()).getBackends()).containsExactly(Backend.of("127.0.0.1", 32768));
        assertThat(details("::1", Map.of()).getBackends()).containsExactly(Backend.of("::1", 32768));
        assertThat(details("127.0.0.1", Map.of()).getSslBundle()).isNull();
    }

    @Test
    void takesCertificatesFromLabels() {
        MemlinkConnectionDetails details = details("127.0.0.1",
                Map.of("org.springframework.boot.sslbundle.jks.truststore.location", "classpath:trust.p12",
                        "org.springframework.boot.sslbundle.jks.options.enabled-protocols", "TLSv1.3"));
        assertThat(details.getSslBundle()).isNotNull().isSameAs(details.getSslBundle());
        assertThat(details.getSslBundle().getOptions().getEnabledProtocols()).containsExactly("TLSv1.3");
    }

    private static MemlinkConnectionDetails details(String host, Map<String, String> labels) {
        return (MemlinkConnectionDetails) connections("memcached", host, labels).get(MemlinkConnectionDetails.class);
    }

    /** As the application finds it: over the registered factories. */
    private static Map<Class<?>, ConnectionDetails> connections(String image, String host, Map<String, String> labels) {
        RunningService service = mock(RunningService.class);
        ConnectionPorts ports = mock(ConnectionPorts.class);
        given(ports.get(11211)).willReturn(32768);
        given(service.image()).willReturn(ImageReference.of(image));
        given(service.host()).willReturn(host);
        given(service.ports()).willReturn(ports);
        given(service.labels()).willReturn(labels);
        DockerComposeConnectionSource source = mock(DockerComposeConnectionSource.class);
        given(source.getRunningService()).willReturn(service);
        return new ConnectionDetailsFactories(null).getConnectionDetails(source, false);
    }

}
