package io.memlink.embedded;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PacedOutputTests {

    @Test
    void closesWhereAPartCanNotBeWritten() {
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
                promise.setFailure(new IOException("no memory"));
            }
        });
        new PacedOutput(channel, () -> {
        }).write(new byte[10]);
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

}
