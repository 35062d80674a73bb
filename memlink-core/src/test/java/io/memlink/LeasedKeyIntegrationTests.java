package io.memlink;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.BeforeEach;

@MemcachedTest
class LeasedKeyIntegrationTests extends LeasedKeyContractTests {

    private int port;

    @BeforeEach
    void remember(MemcachedProcess server) {
        this.port = server.port();
    }

    @Override
    int port() {
        return this.port;
    }

}
