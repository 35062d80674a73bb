package io.memlink.embedded.command;

import java.util.ArrayList;
import java.util.List;

import io.memlink.embedded.command.RequestLine.Token;
import org.jspecify.annotations.Nullable;

/**
 * The flags of a meta request, checked and in the order of the request. One table serves
 * all commands, as on real servers: a flag that means nothing to a command is accepted
 * and ignored. Immutable after parsing.
 */
final class MetaFlags {

    private static final String KNOWN = "bcCDfFhIJklLMNOPqRstTuv";

    private static final String KNOWN_SINCE_27 = "Ex";

    private static final int LETTERS = 127;

    private static final int LONGEST_OPAQUE = 32;

    private final List<Token> tokens;

    private final Integer[] ints = new Integer[128];

    private final Long[] longs = new Long[128];

    private final boolean[] present = new boolean[128];

    private MetaFlags(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * Parses flags. A duplicate or an unknown flag ends the parsing; of several bad
     * numbers the last decides the text.
     */
    static MetaFlags parse(List<Token> tokens, Release release) throws BadRequestException {
        MetaFlags flags = new MetaFlags(new ArrayList<>(tokens));
        String error = null;
        for (Token token : tokens) {
            char letter = token.letter();
            if (letter >= LETTERS) {
                throw new BadRequestException("CLIENT_ERROR duplicate flag");
            }
            if (!isKnown(letter, release)) {
                throw new BadRequestException("CLIENT_ERROR invalid flag");
            }
            if (flags.present[letter]) {
                throw new BadRequestException("CLIENT_ERROR duplicate flag");
            }
            flags.present[letter] = true;
            if (!flags.readNumber(token, release)) {
                error = textOf(letter, error);
            }
        }
        if (error != null) {
            throw new BadRequestException(error);
        }
        return flags;
    }

    private static boolean isKnown(char letter, Release release) {
        return KNOWN.indexOf(letter) >= 0 || (release.failuresUseCasIds() && KNOWN_SINCE_27.indexOf(letter) >= 0);
    }

    // A bad F has no text of its own, and leaves that of another bad flag.
    private static String textOf(char letter, @Nullable String before) {
        return switch (letter) {
            case 'F' -> (before != null) ? before : BadRequestException.BAD_FORMAT;
            case 'D' -> "CLIENT_ERROR invalid numeric delta value";
            case 'J' -> "CLIENT_ERROR invalid numeric initial value";
            case 'M' -> "CLIENT_ERROR incorrect length for M token";
            default -> "CLIENT_ERROR bad token in command line format";
        };
    }

    /**
     * Refuses flags that are no letters or digits, before anything else is looked at.
     */
    static void requireAlphanumeric(List<Token> tokens, Release release) throws BadRequestException {
        if (!release.since(Release.NEW_PARSER)) {
            return;
        }
        for (Token token : tokens) {
            char letter = token.letter();
            if (letter >= 128 || !Character.isLetterOrDigit(letter)) {
                throw BadRequestException.badFormat();
            }
        }
    }

    private boolean readNumber(Token token, Release release) {
        char letter = token.letter();
        return switch (letter) {
            case 'T', 'N', 'R' -> (this.ints[letter] = Numbers.int32(token.argument(), release)) != null;
            case 'F' -> (this.ints[letter] = Numbers.uint32(token.argument(), release)) != null;
            case 'C', 'E', 'D', 'J' -> (this.longs[letter] = Numbers.uint64(token.argument(), release)) != null;
            case 'M' -> token.length() == 2 || release.since(Release.NEW_PARSER);
            default -> true;
        };
    }

    List<Token> tokens() {
        return this.tokens;
    }

    boolean has(char letter) {
        return this.present[letter];
    }

    int int32(char letter, int absent) {
        Integer number = this.ints[letter];
        return (number != null) ? number : absent;
    }

    long uint64(char letter, long absent) {
        Long number = this.longs[letter];
        return (number != null) ? number : absent;
    }

    @Nullable Long compare() {
        return this.longs['C'];
    }

    /**
     * Returns the first character of the mode, the default if there is no mode, or a
     * blank for an empty one.
     */
    char mode(char absent) {
        for (Token token : this.tokens) {
            if (token.letter() == 'M') {
                char mode = (token.length() > 1) ? token.argument().charAt(0) : ' ';
                return (mode == 0) ? absent : mode;
            }
        }
        return absent;
    }

    static void requireShortOpaque(Token token) throws BadRequestException {
        if (token.length() > LONGEST_OPAQUE) {
            throw new BadRequestException("CLIENT_ERROR opaque token too long");
        }
    }

}
