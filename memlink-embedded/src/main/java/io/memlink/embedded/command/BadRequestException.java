package io.memlink.embedded.command;

/**
 * A request that is answered with an error line. Carries that line and no stack trace,
 * because it is an answer and not a fault.
 */
final class BadRequestException extends Exception {

    static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";

    static final String BAD_CHUNK = "CLIENT_ERROR bad data chunk";

    static final String TOO_LARGE = "SERVER_ERROR object too large for cache";

    private static final long serialVersionUID = 1L;

    BadRequestException(String line) {
        super(line, null, false, false);
    }

    static BadRequestException badFormat() {
        return new BadRequestException(BAD_FORMAT);
    }

    String line() {
        return String.valueOf(getMessage());
    }

}
