package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

/**
 * Settings of how backends are found. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public class MemlinkDiscoveryProperties {

    /**
     * How backends are found.
     */
    private Type type = Type.STATIC;

    /**
     * Comma-separated list of what is asked, or asked for: names for dns, full names of
     * records for srv, configuration endpoints for elasticache.
     */
    private List<String> names = List.of();

    /**
     * Time between two questions, 1 second to 1 hour.
     */
    private Duration interval = Duration.ofSeconds(60);

    public Type getType() {
        return this.type;
    }

    public void setType(Type type) {
        this.type = type;
    }

    public List<String> getNames() {
        return this.names;
    }

    public void setNames(List<String> names) {
        this.names = names;
    }

    public Duration getInterval() {
        return this.interval;
    }

    public void setInterval(Duration interval) {
        this.interval = interval;
    }

    /** How backends are found. */
    public enum Type {

        /**
         * They are those of memlink.backends.
         */
        STATIC,

        /**
         * Each address of a name is one.
         */
        DNS,

        /**
         * Each target of an SRV record is one.
         */
        SRV,

        /**
         * A configuration endpoint of ElastiCache or Memorystore tells them.
         */
        ELASTICACHE

    }

}
