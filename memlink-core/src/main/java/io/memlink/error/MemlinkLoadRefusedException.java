package io.memlink.error;

/**
 * A value was not loaded: the cache could not be asked, and as many others load without
 * it as may. Immutable, and without a stack trace, since it is thrown when there is most
 * to do.
 *
 * @since 0.1.0
 */
public final class MemlinkLoadRefusedException extends MemlinkException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure of one call.
     * @param message which bound was reached, with its figures
     */
    public MemlinkLoadRefusedException(String message) {
        super(Outcome.NOT_SENT, message, null, false);
    }

}
