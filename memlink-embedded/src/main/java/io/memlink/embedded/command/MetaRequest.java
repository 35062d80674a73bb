package io.memlink.embedded.command;

import java.util.List;

import io.memlink.embedded.command.RequestLine.Token;
import io.memlink.embedded.store.Item;

/**
 * Key and flags of a meta request. Immutable.
 *
 * @param key the key, decoded
 * @param flags the flags
 */
record MetaRequest(Item.Key key, MetaFlags flags) {

    static final int LONGEST_KEY = 250;

    private static final int KEY = 1;

    private static final int MAX_FLAGS = 18;

    /**
     * Reads the request of a line without payload.
     */
    static MetaRequest parse(RequestLine line, Release release) throws BadRequestException {
        if (line.size() <= KEY) {
            throw BadRequestException.badFormat();
        }
        List<Token> flags = line.from(KEY + 1);
        MetaFlags.requireAlphanumeric(flags, release);
        return parse(line.token(KEY), flags, MAX_FLAGS, release);
    }

    static MetaRequest parse(Token key, List<Token> flags, int maxFlags, Release release) throws BadRequestException {
        if (key.length() > LONGEST_KEY) {
            throw BadRequestException.badFormat();
        }
        // One more since 1.6.40.
        if (flags.size() > (release.since(Release.NEW_PARSER) ? maxFlags : maxFlags - 1)) {
            throw new BadRequestException("CLIENT_ERROR options flags are too long");
        }
        MetaFlags parsed = MetaFlags.parse(flags, release);
        return new MetaRequest(new Item.Key(parsed.has('b') ? Base64Keys.decode(key) : key.bytes()), parsed);
    }

    /**
     * Puts the flags that every reply can return into it: opaque and key.
     */
    void echo(Token flag, ReplyBuffer reply) throws BadRequestException {
        switch (flag.letter()) {
            case 'O' -> {
                MetaFlags.requireShortOpaque(flag);
                reply.text(" ").bytes(flag.bytes());
            }
            case 'k' -> echoKey(this.key, this.flags.has('b'), reply);
            default -> {
            }
        }
    }

    /**
     * Ends a reply that returns opaque and key only.
     */
    void echoAll(ReplyBuffer reply) throws BadRequestException {
        for (Token flag : this.flags.tokens()) {
            echo(flag, reply);
        }
        reply.crlf();
    }

    static void echoKey(Item.Key key, boolean base64, ReplyBuffer reply) {
        reply.text(" k").bytes(base64 ? Base64Keys.encode(key.bytes()) : key.bytes());
        if (base64) {
            reply.text(" b");
        }
    }

    boolean quiet() {
        return this.flags.has('q');
    }

}
