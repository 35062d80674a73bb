package io.memlink.link;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Where servers listen.
 */
class EndpointTests {

    @Test
    void isWrittenAsPeopleDo() {
        assertThat(new Endpoint("cache-1", 11211)).hasToString("cache-1:11211");
        assertThat(new Endpoint("::1", 11211)).hasToString("[::1]:11211");
        assertThat(Endpoint.unix("/run/memcached.sock")).hasToString("unix:/run/memcached.sock");
        assertThat(Endpoint.unix("/run/memcached.sock").isUnix()).isTrue();
    }

    @Test
    void refusesWhatCannotBeConnectedTo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("", 11211))
            .withMessage("host: \"\" (expected: a name, an address or a path)");
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("cache-1", 0))
            .withMessage("port: 0 (expected: 1 to 65535)");
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("/run/memcached.sock", 11211))
            .withMessage("port: 11211 (expected: 0)");
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.unix("memcached.sock"))
            .withMessage("path: \"memcached.sock\" (expected: an absolute path)");
    }

}
