package io.memlink.spring.boot.starter;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.FaultScript;
import io.memlink.meta.Expiration;
import io.memlink.test.AutoConfigureEmbeddedMemcached;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The servers of a test take the place of those that the application names.
 */
@SpringBootTest(classes = EmbeddedMemcachedInSpringTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = { "memlink.backends[0]=192.0.2.1:11211", "memlink.username=somebody", "memlink.password=secret",
                "memlink.ssl.enabled=true", "memlink.clients.other.backends=192.0.2.2" })
@AutoConfigureEmbeddedMemcached(servers = 2)
@TestMethodOrder(MethodOrderer.MethodName.class)
class EmbeddedMemcachedInSpringTests {

    @Autowired
    private CacheManager caches;

    @Autowired
    private EmbeddedMemcached server;

    @Autowired
    private FaultScript faults;

    @Autowired
    private Map<String, MemlinkClient> clients;

    @Test
    void aReplacesTheServersOfTheProperties(List<EmbeddedMemcached> servers) {
        assertThat(servers).hasSize(2).contains(this.server);
        for (int i = 0; i < 20; i++) {
            this.caches.getCache("books").put(i, "title " + i);
        }
        assertThat(this.caches.getCache("books").get(7, String.class)).isEqualTo("title 7");
        assertThat(servers).allSatisfy((each) -> assertThat(each.items()).isNotEmpty());
    }

    @Test
    void bEmptiesTheCachesBeforeEachTest() {
        assertThat(this.caches.getCache("books").get(7)).isNull();
    }

    @Test
    void replacesTheServersOfNamedClients() {
        assertThat(this.clients).containsKey("otherMemlinkClient");
        this.clients.get("otherMemlinkClient")
            .blocking()
            .set("a", new byte[] { 1 }, Expiration.after(Duration.ofMinutes(1)));
        assertThat(this.clients.get("otherMemlinkClient").blocking().get("a")).isEqualTo(new byte[] { 1 });
    }

    @Test
    void givesTheFaultsAsABean() {
        MemlinkClient client = this.clients.get("otherMemlinkClient");
        this.faults.always(Fault.serverError("out of memory"));
        assertThatException().isThrownBy(() -> {
            for (int i = 0; i < 20; i++) {
                client.blocking().set("key" + i, new byte[1], Expiration.after(Duration.ofMinutes(1)));
            }
        }).withMessageContaining("out of memory");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    static class Application {

    }

}
