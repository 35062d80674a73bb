/**
 * An in-process memcached for development and tests. Commands and the store behind them
 * are an implementation that may change with any version.
 */
module io.memlink.embedded {

    requires static org.jspecify;

    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires org.slf4j;

    exports io.memlink.embedded;

}
