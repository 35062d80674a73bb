package io.memlink.spring.cache;

import java.util.List;

import io.memlink.error.MemlinkDecodingException;
import io.memlink.spring.cache.Failures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a cache logs tells what has failed, and no key or value.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailuresTests {

    private final Failures failures = new Failures("things", new CacheSettings(MemlinkCacheConfiguration.defaults()),
            new MemlinkCacheStatistics(true), new OutageLog(List::of));

    @Test
    void theMessageOfATranscoderIsNotLogged(CapturedOutput output) {
        this.failures.note(Operation.WRITE, new IllegalStateException("cannot encode a secret"));
        assertThat(output).contains("Cache things: write failed").contains("java.lang.IllegalStateException");
        assertThat(output).doesNotContain("secret");
    }

    @Test
    void thatOfTheClientIs(CapturedOutput output) {
        this.failures.note(Operation.READ, new MemlinkDecodingException("value cannot be decoded"));
        assertThat(output).contains("value cannot be decoded");
    }

}
