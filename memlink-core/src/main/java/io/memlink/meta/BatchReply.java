package io.memlink.meta;

import io.memlink.error.MemlinkException;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the commands of a {@link MetaBatch}. Immutable.
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

    /**
     * Returns whether what {@link MetaBatch#ofValues} found looks like an empty value and
     * may be the mark of a lease, which only a command for that key tells.
     * @param index its place in the batch
     * @return whether it has to be read again
     */
    public boolean isInDoubt(int index) {
        MetaReply reply = this.replies[index];
        return reply != null && MultiGet.isInDoubt(reply);
    }

    @Override
    public String toString() {
        return "BatchReply[" + this.replies.length + "]";
    }

}
