package io.memlink.meta;

import java.time.Duration;

import io.memlink.link.RequestWriter;
import io.memlink.meta.wire.ServerFeature;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the four commands: a line, and a reply of the same grammar.
 * Immutable.
 */
abstract sealed class MetaCommand implements MetaRequest<MetaReply>
        permits MetaGet, MetaSet, MetaDelete, MetaArithmetic {

    private final CommandLine line;

    private final MetaDecoder.Asking decoder;

    private final @Nullable ServerFeature required;

    MetaCommand(CommandLine line, MetaDecoder.Asking decoder, @Nullable ServerFeature required) {
        this.line = line;
        this.decoder = decoder;
        this.required = required;
    }

    @Override
    public final Key key() {
        return this.line.key();
    }

    @Override
    public int encodedBytes() {
        return this.line.bytes();
    }

    @Override
    public final void encode(RequestWriter out) {
        requireFeatures(out);
        write(out, out.sequence(), false);
    }

    /** Refuses, before anything is written, what the server would not understand. */
    final void requireFeatures(RequestWriter out) {
        if (this.required != null) {
            this.required.require(out);
        }
    }

    /**
     * Writes the command with an opaque; quiet ones are answered only if they must be.
     */
    void write(RequestWriter out, int sequence, boolean quiet) {
        this.line.write(out, CommandLine.NO_DATA, sequence, quiet);
    }

    @Override
    public final MetaCommand expiringWithin(Duration limit) {
        byte[] flags = limited(ExpirationLimit.of(limit), this.line.flags());
        return withLine(new CommandLine(this.line.command(), key(), flags));
    }

    /** Returns flags with which no value lives longer than a limit. */
    byte[] limited(ExpirationLimit limit, byte[] flags) {
        return limit.ofOthers(flags);
    }

    /** Returns the same command with other flags. */
    abstract MetaCommand withLine(CommandLine line);

    final @Nullable ServerFeature required() {
        return this.required;
    }

    final CommandLine line() {
        return this.line;
    }

    @Override
    public final MetaDecoder.Asking decoder() {
        return this.decoder;
    }

    /**
     * Returns what it means when this command, sent quietly, is not answered;
     * {@code null} where silence would lose something and the command is not sent
     * quietly.
     */
    abstract @Nullable MetaReply silence();

    @Override
    public final String toString() {
        return this.line.command() + " " + key();
    }

}
