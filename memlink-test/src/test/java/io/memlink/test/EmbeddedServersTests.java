package io.memlink.test;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EmbeddedServersTests {

    @Test
    void haveAsLittleMemoryAsIsAskedFor() {
        try (EmbeddedServers servers = EmbeddedServers.start(1, "", 1000)) {
            assertThat(servers.list()).hasSize(1);
        }
    }

    @Test
    void haveNoLessMemoryThanNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedServers.start(1, "", -5))
            .withMessage("maxBytes: -5 (expected: 0 or more)");
    }

}
