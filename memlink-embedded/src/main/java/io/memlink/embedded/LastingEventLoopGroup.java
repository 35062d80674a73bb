package io.memlink.embedded;

import java.util.concurrent.Executor;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that serves connections until it is told to end. What Netty's own lets end
 * it, above all that there is no memory, is a failure of one moment and one connection.
 */
final class LastingEventLoopGroup extends MultiThreadIoEventLoopGroup {

    private static final Logger logger = LoggerFactory.getLogger(LastingEventLoopGroup.class);

    LastingEventLoopGroup(String name) {
        this(name, NioIoHandler.newFactory());
    }

    LastingEventLoopGroup(String name, IoHandlerFactory handlers) {
        super(1, new DefaultThreadFactory(name, true), handlers);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
        return new LastingEventLoop(this, executor, handlers);
    }

    private static final class LastingEventLoop extends SingleThreadIoEventLoop {

        LastingEventLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
            super(parent, executor, handlers);
        }

        @Override
        protected void run() {
            boolean failed = true;
            while (failed) {
                try {
                    super.run();
                    failed = false;
                }
                catch (Throwable ex) {
                    report(ex);
                }
            }
        }

        private static void report(Throwable failure) {
            try {
                logger.error("The thread of the embedded memcached failed, and goes on", failure);
            }
            catch (Throwable ex) {
                // There may be no memory even for that.
            }
        }

    }

}
