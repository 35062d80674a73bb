package io.memlink.embedded;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that fails where it should not says so, and serves the others.
 */
class UnexpectedFailureTests {

    @Test
    void isLoggedAndEndsItsConnectionOnly() throws IOException {
        AtomicBoolean fails = new AtomicBoolean();
        InstantSource clock = () -> {
            if (fails.get()) {
                throw new IllegalStateException("no time");
            }
            return Instant.EPOCH.plusSeconds(1_800_000_000);
        };
        try (CollectedWarnings warnings = CollectedWarnings.collect();
                EmbeddedMemcached server = EmbeddedMemcached.builder().clock(clock).start()) {
            try (TestClient client = new TestClient(server.address())) {
                client.exchange("");
                fails.set(true);
                assertThat(client.send("mg foo v\r\n").isAtEnd()).isTrue();
            }
            fails.set(false);
            assertThat(warnings.lines()).singleElement().asString().contains("IllegalStateException: no time");
            try (TestClient next = new TestClient(server.address())) {
                assertThat(next.exchange("mg foo v\r\n")).isEqualTo("EN\r\n");
            }
        }
    }

}
