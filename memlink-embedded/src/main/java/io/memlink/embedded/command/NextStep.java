package io.memlink.embedded.command;

/**
 * The next step of a connection after a line was interpreted. Immutable, except that a
 * payload's {@link Payload} is used once.
 *
 * @since 0.1.0
 */
public sealed interface NextStep {

    /** Read the next line. */
    NextStep READ_LINE = new ReadLine();

    /** Send what there is to send, then read the next line. */
    NextStep FLUSH = new Flush();

    /** Send what there is to send, then close. */
    NextStep FLUSH_AND_CLOSE = new Close(true);

    /** Close at once. Replies that were not sent yet are lost. */
    NextStep CLOSE = new Close(false);

    /** The next line is read. */
    record ReadLine() implements NextStep {
    }

    /** A step in which everything that is ready is sent, and the next line is read. */
    record Flush() implements NextStep {
    }

    /**
     * The reply goes on, once the client has taken most of what there is of it.
     *
     * @param rest adds to the reply
     */
    record GoOn(Rest rest) implements NextStep {
    }

    /** The rest of a request, of which there may be a rest again. */
    @FunctionalInterface
    interface Rest {

        /**
         * Goes on with the request.
         * @param reply where the next part of the reply goes
         * @return what the connection does next
         */
        NextStep execute(ReplyBuffer reply);

    }

    /**
     * The connection ends.
     *
     * @param flush whether replies are sent first
     */
    record Close(boolean flush) implements NextStep {
    }

    /**
     * A payload follows, with two more bytes that should be CRLF.
     *
     * @param length the length of the payload
     * @param keep whether the bytes are wanted, or counted only
     * @param payload gets the bytes
     * @param outOfMemory answers instead where there was no memory to keep them
     */
    record ReadPayload(int length, boolean keep, Payload payload, Refusal outOfMemory) implements NextStep {
    }

    /** Gets a payload once all of it has arrived. */
    @FunctionalInterface
    interface Payload {

        /**
         * Goes on with the request.
         * @param data the bytes, empty if they were not wanted
         * @param terminated whether CRLF followed
         * @param reply where the reply goes
         */
        void complete(byte[] data, boolean terminated, ReplyBuffer reply);

    }

    /** Answers a request that is not carried out. */
    @FunctionalInterface
    interface Refusal {

        /**
         * Refuses the request.
         * @param reply where the reply goes
         */
        void answer(ReplyBuffer reply);

    }

    /**
     * Swallows a payload and then answers.
     * @param length the length of the payload
     * @param line the answer, empty for none
     * @return the step
     */
    static NextStep refuse(int length, String line) {
        return new ReadPayload(length, false, (data, terminated, reply) -> {
            if (!line.isEmpty()) {
                reply.line(line);
            }
        }, (reply) -> {
        });
    }

}
