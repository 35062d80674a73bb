package io.memlink.meta;

import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkProtocolException;
import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.meta.wire.ErrorLine;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of what a server answers to a {@link MetaBatch}: replies in the order of
 * the commands, with gaps where a quiet command had nothing to tell, and the no-op's at
 * the end. Each reply settles the commands before it. Confined to the event loop.
 */
final class BatchDecoder implements Request.Decoder<BatchReply> {

    private static final int MN = ReplyLine.status('M', 'N');

    private static final int SEQUENCE_MASK = (1 << 30) - 1;

    private final MetaBatch batch;

    private final @Nullable MetaReply[] replies;

    private final @Nullable MemlinkException[] failures;

    /** The first command that is not settled. */
    private int next;

    /**
     * How many error lines came since the last reply, which may belong to any command
     * from {@link #next} on.
     */
    private int errorLines;

    private @Nullable MemlinkException lastError;

    BatchDecoder(MetaBatch batch) {
        this.batch = batch;
        this.replies = new @Nullable MetaReply[batch.size()];
        this.failures = new @Nullable MemlinkException[batch.size()];
    }

    @Override
    public @Nullable BatchReply decode(ReplyReader in) {
        while (in.readLine()) {
            byte[] line = in.line();
            int length = in.lineLength();
            if (length == 2 && ReplyLine.status(line, length) == MN) {
                settleBefore(this.batch.size(), line, length);
                return new BatchReply(this.replies, this.failures);
            }
            int words = MetaDecoder.wordsBeforeFlags(line, length);
            if (words == 0) {
                takeError(line, length);
            }
            else if (!readReply(in, line, length, words)) {
                return null;
            }
            in.nextLine();
        }
        return null;
    }

    private boolean readReply(ReplyReader in, byte[] line, int length, int words) {
        int sequence = ReplyLine.sequence(line, length, words);
        int index = (sequence - in.sequence()) & SEQUENCE_MASK;
        if (sequence < 0 || index < this.next || index >= this.batch.size()) {
            throw ReplyLine.illegal(line, length, "a reply to a command of the batch");
        }
        MetaReply reply = null;
        MemlinkDecodingException tooLarge = null;
        try {
            reply = this.batch.command(index).decoder().decode(in, sequence);
            if (reply == null) {
                return false;
            }
        }
        catch (MemlinkDecodingException ex) {
            tooLarge = ex;
        }
        settleBefore(index, line, length);
        this.replies[index] = reply;
        this.failures[index] = tooLarge;
        this.next = index + 1;
        return true;
    }

    private void takeError(byte[] line, int length) {
        if (this.next == this.batch.size()) {
            throw ReplyLine.illegal(line, length, "MN");
        }
        MemlinkException error = ErrorLine.failure(line, length, mayCarryPayload());
        if (error instanceof MemlinkProtocolException) {
            throw error;
        }
        if (this.errorLines == 0 && this.batch.command(this.next).silence() == null) {
            // Only the next command can be meant.
            this.failures[this.next++] = error;
            return;
        }
        this.errorLines++;
        this.lastError = error;
    }

    private boolean mayCarryPayload() {
        for (int i = this.next; i < this.batch.size(); i++) {
            MetaCommand command = this.batch.command(i);
            if (command instanceof MetaSet) {
                return true;
            }
            if (command.silence() == null) {
                return false;
            }
        }
        return false;
    }

    /** Nothing more will come for the commands before an index. */
    private void settleBefore(int index, byte[] line, int length) {
        int unanswered = 0;
        for (int i = this.next; i < index; i++) {
            MetaReply silence = this.batch.command(i).silence();
            unanswered += (silence == null) ? 1 : 0;
            if (this.errorLines > 0) {
                this.failures[i] = doubt();
            }
            else {
                this.replies[i] = silence;
            }
        }
        if (unanswered > this.errorLines || this.errorLines > index - this.next) {
            throw ReplyLine.illegal(line, length, "a reply to each command of the batch");
        }
        this.next = index;
        this.errorLines = 0;
    }

    private MemlinkException doubt() {
        return new MemlinkProtocolException("one of several commands was refused: " + this.lastError);
    }

}
