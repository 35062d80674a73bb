package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.memlink.cluster.JournalOverflow;

/**
 * Settings of what is done with keys whose backend cannot be used. Not safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public class MemlinkFailoverProperties {

    /**
     * What is done with keys whose backend cannot be used.
     */
    private Mode mode = Mode.NONE;

    /**
     * Comma-separated list of backends that stand in for those that cannot be used, and
     * hold nothing otherwise. For the mode gutter.
     */
    private List<String> gutter = List.of();

    /**
     * Longest time that entries live in the gutter, 1 second to 1 hour.
     */
    private Duration maxTimeToLive = Duration.ofSeconds(10);

    /**
     * What is done with a backend that returns after more deletes were missed than are
     * journalled for it.
     */
    private JournalOverflow onJournalOverflow = JournalOverflow.SERVE;

    public Mode getMode() {
        return this.mode;
    }

    public void setMode(Mode mode) {
        this.mode = mode;
    }

    public List<String> getGutter() {
        return this.gutter;
    }

    public void setGutter(List<String> gutter) {
        this.gutter = gutter;
    }

    public Duration getMaxTimeToLive() {
        return this.maxTimeToLive;
    }

    public void setMaxTimeToLive(Duration maxTimeToLive) {
        this.maxTimeToLive = maxTimeToLive;
    }

    public JournalOverflow getOnJournalOverflow() {
        return this.onJournalOverflow;
    }

    public void setOnJournalOverflow(JournalOverflow onJournalOverflow) {
        this.onJournalOverflow = onJournalOverflow;
    }

    /** What is done with keys whose backend cannot be used. */
    public enum Mode {

        /**
         * Operations on them fail at once.
         */
        NONE,

        /**
         * They live in the gutter for a short while.
         */
        GUTTER

    }

}
