package io.memlink.link;

import org.jspecify.annotations.Nullable;

/**
 * One exchange: writes itself and reads its own reply. Does no I/O and starts no thread.
 * Immutable, so that it can be sent again.
 *
 * @param <R> the type of the reply
 * @since 0.1.0
 */
public interface Request<R> {

    /**
     * Returns how many bytes {@link #encode} writes at most; counts against the bounds of
     * {@link LinkOptions}.
     * @return bytes, positive
     */
    int encodedBytes();

    /**
     * Writes the request. Called on the event loop; a failure concerns this request
     * alone, nothing of it is sent.
     * @param out where to write
     */
    void encode(RequestWriter out);

    /**
     * Returns what reads the reply; called once for each time the request is sent. A
     * decoder without state may be shared.
     * @return the decoder
     */
    Decoder<R> decoder();

    /**
     * Returns what the request does, in one word: the same in the log, in meters and in
     * observations.
     * @return lower case; one of few
     */
    default String operation() {
        return "other";
    }

    /**
     * Requests of one affinity use one connection of a pool, and so keep their order.
     * @return any number
     */
    default int affinity() {
        return 0;
    }

    /**
     * Returns how many consecutive sequence numbers the request uses.
     * @return at least 1
     */
    default int sequences() {
        return 1;
    }

    /**
     * Reads one reply, however it was cut by the network. Confined to the event loop.
     *
     * @param <R> the type of the reply
     */
    @FunctionalInterface
    interface Decoder<R> {

        /**
         * Reads on. Called again with what has arrived since, until the reply is
         * complete.
         * @param in the bytes that have arrived
         * @return the reply, or {@code null} where more bytes are needed
         * @throws io.memlink.error.MemlinkServerException where the server refused the
         * request: the reply is complete, the connection lives on
         * @throws io.memlink.error.MemlinkDecodingException where the reply is complete,
         * but was {@linkplain ReplyReader#skipBlock skipped}: the connection lives on
         * @throws io.memlink.error.MemlinkProtocolException where this is not a legal
         * reply: the connection is closed. Anything else thrown has the same effect
         */
        @Nullable R decode(ReplyReader in);

    }

}
