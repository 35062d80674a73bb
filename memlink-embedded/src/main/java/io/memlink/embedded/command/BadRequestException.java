package io.memlink.embedded.command;

/**
 * A request that is answered with an error line. Carries that line and no stack trace,
 * because it is an answer and not a fault.
 *
 * @since 0.1.0
 */
public final class BadRequestException extends Exception {

    static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";

    static final String BAD_CHUNK = "CLIENT_ERROR bad data chunk";

    static final String TOO_LARGE = "SERVER_ERROR object too large for cache";

    static final String OUT_OF_MEMORY = "SERVER_ERROR out of memory storing object";

    static final String OUT_OF_MEMORY_WHILE_READING = "SERVER_ERROR Out of memory during read";

    /** A request that is refused without a word. */
    static final BadRequestException SILENT = new BadRequestException("");

    private static final long serialVersionUID = 1L;

    /**
     * Creates an answer.
     * @param line the error line, without its end
     */
    public BadRequestException(String line) {
        super(line, null, false, false);
    }

    /**
     * Creates the answer to a line that cannot be understood.
     * @return the answer
     */
    public static BadRequestException badFormat() {
        return new BadRequestException(BAD_FORMAT);
    }

    String line() {
        return String.valueOf(getMessage());
    }

}
