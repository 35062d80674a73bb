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

}
