package io.memlink.link;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A leak does not go unnoticed.
 */
class LeakExtensionTests {

    @Test
    void aBufferThatNobodyReleasesFailsTheTestClass() throws InterruptedException {
        LeakExtension extension = new LeakExtension();
        extension.afterAll(null);
        assertThat(leak()).isPositive();
        assertThatThrownBy(() -> extension.afterAll(null)).isInstanceOf(AssertionError.class)
            .hasMessageStartingWith("buffers that nobody released: [");
        extension.afterAll(null);
    }

    private static int leak() {
        return ByteBufAllocator.DEFAULT.directBuffer(100).capacity();
    }

}
