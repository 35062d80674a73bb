/**
 * A client of memcached. What is exported is for users; every other package is an
 * implementation that may change with any version.
 */
@SuppressWarnings({ "module", "requires-automatic" })
module io.memlink.core {

    requires static transitive org.jspecify;

    requires java.management;
    requires java.naming;
    requires java.sql;
    requires jdk.net;
    requires jdk.unsupported;

    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver;
    requires io.netty.transport;
    requires org.jctools.core;
    requires org.slf4j;

    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.classes.io_uring;
    requires static io.netty.transport.classes.kqueue;
    requires static io.netty.transport.unix.common;

    requires static com.github.luben.zstd_jni;
    requires static org.lz4.java;
    requires static micrometer.commons;
    requires static micrometer.core;
    requires static micrometer.observation;

    exports io.memlink;
    exports io.memlink.cluster;
    exports io.memlink.discovery;
    exports io.memlink.error;
    exports io.memlink.link;
    exports io.memlink.link.tls;
    exports io.memlink.loading;
    exports io.memlink.meta;
    exports io.memlink.meta.classic;
    exports io.memlink.micrometer;
    exports io.memlink.placement;
    exports io.memlink.transcoder;
    exports io.memlink.value;

    // The limit on log lines, of which there is one.
    exports io.memlink.time to io.memlink.spring.boot.autoconfigure;

}
