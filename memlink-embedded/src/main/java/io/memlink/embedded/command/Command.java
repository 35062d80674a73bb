package io.memlink.embedded.command;

/**
 * One command of the protocol. Confined to the thread of the server.
 */
@FunctionalInterface
public interface Command {

    /**
     * Carries out a request, or as much of it as is possible without its payload.
     * @param line the request line
     * @param reply where the reply goes
     * @return what the connection does next
     * @throws BadRequestException if the answer is an error line, which replaces what was
     * put into the reply
     */
    NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException;

}
