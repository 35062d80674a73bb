package io.memlink;

import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When a client begins that is built on demand.
 */
class OnDemandClientTests {

    private final AtomicInteger built = new AtomicInteger();

    private final MemlinkClient client = MemlinkClient.onDemand(() -> {
        this.built.incrementAndGet();
        return MemlinkClient.builder().backends("127.0.0.1:1");
    });

    @AfterEach
    void close() {
        this.client.close();
    }

    @Test
    void isNotBuiltBeforeItIsUsed() {
        assertThat(this.client.with(Transcoder.text())).isNotNull();
        assertThat(this.client).hasToString("MemlinkClient[not running]");
        assertThat(this.client.isRunning()).isFalse();
        assertThat(this.built).hasValue(0);
    }

    @Test
    void aLookAtItsBackendsBuildsIt() {
        assertThat(this.client.backends()).hasSize(1);
        assertThat(this.client.isRunning()).isTrue();
        assertThat(this.built).hasValue(1);
    }

    @Test
    void whatWasClosedBeforeItsFirstUseStaysClosed() {
        this.client.close();
        assertFailsBecauseItIsClosed();
        assertThat(this.client.backends()).noneMatch((backend) -> backend.address().port() == 1);
        assertThat(this.client.membership().backends()).hasSameSizeAs(this.client.backends());
        assertThat(this.client.gutter()).isEmpty();
        assertThat(this.client.explain("key").encodedKey()).isEqualTo("key");
        assertThat(this.client.undecodableValues()).isZero();
        this.client.close();
        assertThat(this.client.isRunning()).isFalse();
        assertThat(this.built).hasValue(0);
    }

    private void assertFailsBecauseItIsClosed() {
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.client.get("key").join())
            .havingCause()
            .isInstanceOf(MemlinkClosedException.class)
            .extracting((failure) -> ((MemlinkException) failure).outcome())
            .isEqualTo(Outcome.NOT_SENT);
    }

    @Test
    void aStartBuildsWhatWasStoppedBefore() {
        this.client.stop();
        assertFailsBecauseItIsClosed();
        this.client.start();
        assertThat(this.client.isRunning()).isTrue();
        assertThat(this.client.backends()).hasSize(1).allMatch((backend) -> backend.address().port() == 1);
        assertThat(this.built).hasValue(1);
    }

}
