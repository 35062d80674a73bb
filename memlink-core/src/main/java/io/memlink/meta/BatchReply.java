package io.memlink.meta;

import io.memlink.error.MemlinkException;
import org.jspecify.annotations.Nullable;

/**
 * What became of the commands of a {@link MetaBatch}, or of the keys of a
 * {@link MultiGet}. Immutable.
 *
 * @since 0.1.0
 */
public final class BatchReply {

    private final @Nullable MetaReply[] replies;

    private final @Nullable MemlinkException @Nullable [] failures;

    BatchReply(@Nullable MetaReply[] replies, @Nullable MemlinkException @Nullable [] failures) {
        this.replies = replies;
        this.failures = failures;
    }

    /**
     * Returns how many commands there were.
     * @return the size of the batch
     */
    public int size() {
        return this.replies.length;
    }

    /**
     * Returns the reply to a command.
     * @param index its place in the batch
     * @return the reply
     * @throws MemlinkException the {@link #failure} of this command
     */
    public MetaReply reply(int index) {
        MetaReply reply = this.replies[index];
        if (reply != null) {
            return reply;
        }
        MemlinkException failure = failure(index);
        throw (failure != null) ? failure : new IllegalStateException("command " + index + " was not settled");
    }

    /**
     * Returns why a command failed. An error line of the server names no command; where
     * it may belong to several, all of them fail, with
     * {@link io.memlink.error.Outcome#UNKNOWN}.
     * @param index its place in the batch
     * @return the failure; {@code null} where there is a reply
     */
    public @Nullable MemlinkException failure(int index) {
        return (this.failures != null) ? this.failures[index] : null;
    }

    @Override
    public String toString() {
        return "BatchReply[" + this.replies.length + "]";
    }

}
