package io.memlink;

import java.time.Duration;

import io.memlink.link.LinkResources;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a builder says of itself, which is logged when an application starts.
 */
class ClientDescriptionTests {

    @Test
    void tellsWhatWasSetAndWhatWasNot() {
        MemlinkClientBuilder builder = MemlinkClient.builder()
            .backends("a=cache-1:11211", "cache-2")
            .requestTimeout(Duration.ofMillis(250))
            .locator("ketama");
        assertThat(builder).hasToString("backends=[a=cache-1:11211, cache-2:11211], requestTimeout=PT0.25S,"
                + " connectTimeout=PT1.5S, poolSize=4, maxInFlight=2048, maxValueBytes=1049600, tls=false,"
                + " login=false, maxItemBytes=1048576, maxPendingRequests=65536, maxPendingBytes="
                + LinkResources.defaultMaxBytes() + ", ioThreads=" + LinkResources.defaultThreads()
                + ", gutter=[], locator=ketama, hashTag=false");
    }

    @Test
    void keepsWhoLogsInToItself() {
        assertThat(MemlinkClient.builder().backends("cache-1").credentials("waiter", "s3cret").toString())
            .contains("login=true")
            .doesNotContain("waiter")
            .doesNotContain("s3cret");
    }

    @Test
    void doesNotChangeWhatIsBuilt() {
        MemlinkClientBuilder builder = MemlinkClient.builder().backends("cache-1");
        String first = builder.toString();
        assertThat(builder.maxItemBytes(4 << 20).toString()).isNotEqualTo(first).contains("maxValueBytes=4194304");
    }

}
