package io.memlink.discovery;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkServerException;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@MemcachedTest
class DiscoveryIntegrationTests {

    @Test
    void memcachedThatKnowsNoClusterSaysSo(MemcachedProcess server) {
        try (LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes())) {
            Discovery discovery = Discovery.elasticache(List.of("127.0.0.1:" + server.port()))
                .create(new MemcachedProtocol(null), LinkOptions.builder().build(), resources);

            assertThat(discovery.lookup()).failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(MemlinkServerException.class);
        }
    }

}
