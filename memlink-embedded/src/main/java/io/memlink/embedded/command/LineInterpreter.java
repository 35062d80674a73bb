package io.memlink.embedded.command;

/**
 * Understands request lines. Confined to the thread of the server.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LineInterpreter {

    /**
     * Carries out the request of a line, or as much of it as is possible without its
     * payload.
     * @param line the line
     * @param reply where the reply goes; stays empty if there is none
     * @return what the connection does next
     */
    NextStep interpret(RequestLine line, ReplyBuffer reply);

    /**
     * Returns how many bytes must be there before they are looked at.
     * @return the number of bytes
     */
    default int shortestInput() {
        return 1;
    }

}
