package io.memlink.embedded;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ThreadAwareExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LastingEventLoopGroupTests {

    private final AtomicBoolean fails = new AtomicBoolean();

    private final AtomicBoolean failed = new AtomicBoolean();

    @Test
    void survivesThatThereIsNoMemory() {
        LastingEventLoopGroup group = new LastingEventLoopGroup("test", this::handler);
        this.fails.set(true);
        assertThat(run(group)).isTrue();
        assertThat(run(group)).isTrue();
        assertThat(this.failed).isTrue();
        assertThat(group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean run(LastingEventLoopGroup group) {
        Future<?> done = group.submit(() -> {
        });
        return done.awaitUninterruptibly(5, TimeUnit.SECONDS) && done.isSuccess();
    }

    private IoHandler handler(ThreadAwareExecutor executor) {
        IoHandlerFactory real = NioIoHandler.newFactory();
        return new FailingHandler(real.newHandler(executor));
    }

    private final class FailingHandler implements IoHandler {

        private final IoHandler real;

        FailingHandler(IoHandler real) {
            this.real = real;
        }

        @Override
        public int run(IoHandlerContext context) {
            if (LastingEventLoopGroupTests.this.fails.compareAndSet(true, false)) {
                LastingEventLoopGroupTests.this.failed.set(true);
                throw new OutOfMemoryError("of a test");
            }
            return this.real.run(context);
        }

        @Override
        public void prepareToDestroy() {
            this.real.prepareToDestroy();
        }

        @Override
        public void destroy() {
            this.real.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return this.real.register(handle);
        }

        @Override
        public void wakeup() {
            this.real.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return this.real.isCompatible(type);
        }

    }

}
