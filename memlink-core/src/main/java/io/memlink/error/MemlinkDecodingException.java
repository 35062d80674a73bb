package io.memlink.error;

import org.jspecify.annotations.Nullable;

/**
 * A value was read, but its bytes are not what the transcoder writes, and the client was
 * told not to take it for a miss. Immutable. The message never contains the value; what
 * the cause says is up to the transcoder.
 *
 * @since 0.1.0
 */
public final class MemlinkDecodingException extends MemlinkException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure of one value.
     * @param message what was expected
     * @param cause what led to it, if anything did
     */
    public MemlinkDecodingException(String message, @Nullable Throwable cause) {
        super(Outcome.REJECTED, message, cause, true);
    }

    /**
     * Creates the failure of a reply that was read to its end but not kept, because it is
     * larger than this client reads. The server has done what it was asked.
     * @param message how large it is, and what is allowed
     */
    public MemlinkDecodingException(String message) {
        super(Outcome.UNKNOWN, message, null, false);
    }

}
