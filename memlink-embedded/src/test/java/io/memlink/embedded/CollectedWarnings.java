package io.memlink.embedded;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * The errors, and the warnings about an exception, that are logged from now on. Safe for
 * use by many threads.
 */
final class CollectedWarnings extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private CollectedWarnings() {
    }

    static CollectedWarnings collect() {
        CollectedWarnings collected = new CollectedWarnings();
        collected.start();
        root().addAppender(collected);
        return collected;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel() == Level.ERROR || (event.getLevel() == Level.WARN && event.getThrowableProxy() != null)) {
            this.lines.add(event.getFormattedMessage() + ((event.getThrowableProxy() != null)
                    ? "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""));
        }
    }

    /** The lines, each with the stack trace of its exception. */
    List<String> lines() {
        return List.copyOf(this.lines);
    }

    void throwIfAny() {
        List<String> all = lines();
        if (!all.isEmpty()) {
            this.lines.clear();
            throw new AssertionError("logged: " + all);
        }
    }

    @Override
    public void close() {
        root().detachAppender(this);
    }

}
