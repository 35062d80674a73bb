package io.memlink.link;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.memlink.LogLines;
import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.LoopWatchdog;
import io.memlink.link.loop.WhereTimeWent;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Event loops that are kept from their work.
 */
class LoopWatchdogTests {

    @RegisterExtension
    private final LogLines log = new LogLines(LoopWatchdog.class);

    private final LinkResources resources = new LinkResources(1, 1 << 20);

    @AfterEach
    void close() {
        this.resources.close();
    }

    @Test
    void namesWhoBlocksALoop() {
        long begun = System.nanoTime();
        EventLoop loop = this.resources.nextLoop();
        // Code of somebody else, which waits.
        loop.execute(() -> await().until(() -> !this.log.list().isEmpty()));
        await().until(() -> !this.log.list().isEmpty());
        ILoggingEvent event = this.log.list().get(0);
        assertThat(event.getFormattedMessage()).startsWith("memlink-io-")
            .contains("blocked for more than 100 ms by ")
            .contains("org.awaitility.")
            .contains(", which ");
        assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
            .anyMatch((frame) -> frame.toString().contains("LoopWatchdogTests"));
        long now = System.nanoTime();
        assertThat(
                new WhereTimeWent(this.resources.pauses(), ((DrivenLoop) loop).blocked()).ofUnwritten(begun, now, now))
            .contains("a task blocked its event loop for ");
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
