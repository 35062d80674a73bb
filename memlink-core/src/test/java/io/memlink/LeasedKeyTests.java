package io.memlink;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.BeforeEach;

@EmbeddedMemcachedTest
class LeasedKeyTests extends LeasedKeyContractTests {

    private int port;

    @BeforeEach
    void remember(EmbeddedMemcached server) {
        this.port = server.port();
    }

    @Override
    int port() {
        return this.port;
    }

}
