package io.memlink.link;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.memlink.link.loop.LoopWatchdog;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Event loops that are kept from their work.
 */
class LoopWatchdogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(LoopWatchdog.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private final LinkResources resources = new LinkResources(1, 1 << 20);

    @BeforeEach
    void listen() {
        this.log.start();
        this.logger.addAppender(this.log);
    }

    @AfterEach
    void close() {
        this.logger.detachAppender(this.log);
        this.resources.close();
    }

    @Test
    void namesWhoBlocksALoop() {
        EventLoop loop = this.resources.nextLoop();
        // Code of somebody else, which waits.
        loop.execute(() -> await().until(() -> !this.log.list.isEmpty()));
        await().until(() -> !this.log.list.isEmpty());
        ILoggingEvent event = this.log.list.get(0);
        assertThat(event.getFormattedMessage()).startsWith("memlink-io-")
            .contains("blocked for more than 100 ms by ")
            .contains("org.awaitility.");
        assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
            .anyMatch((frame) -> frame.toString().contains("LoopWatchdogTests"));
    }

    @Test
    void endsWithTheResources() {
        this.resources.nextLoop();
        await().until(() -> watchdogs() > 0);
        this.resources.close();
        await().until(() -> watchdogs() == 0);
    }

    private static long watchdogs() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().equals("memlink-watchdog"))
            .count();
    }

}
