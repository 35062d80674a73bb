package io.memlink.embedded.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A request line, cut into words at its spaces and nowhere else: a tab or a NUL is part
 * of a word, as on real servers. Immutable.
 *
 * @since 0.1.0
 */
public final class RequestLine {

    // Counted with the line feed: real servers refuse to look at anything shorter.
    private static final int SHORTEST_LINE = 4;

    // Real servers look at no more, except at the keys of a get.
    private static final int MAX_TOKENS = 255;

    private final byte[] line;

    private final List<Token> tokens = new ArrayList<>();

    private final int contentLength;

    /**
     * Cuts a line into words.
     * @param line the bytes before the line feed, with the carriage return if there was
     * one; not copied
     */
    public RequestLine(byte[] line) {
        this.line = line;
        this.contentLength = endsWithCarriageReturn() ? line.length - 1 : line.length;
        Token token = next(0);
        while (token != null && this.tokens.size() < MAX_TOKENS) {
            this.tokens.add(token);
            token = next(token.end);
        }
    }

    private @Nullable Token next(int from) {
        int start = from;
        while (start < this.contentLength && this.line[start] == ' ') {
            start++;
        }
        int end = start;
        while (end < this.contentLength && this.line[end] != ' ') {
            end++;
        }
        return (end > start) ? new Token(this.line, start, end) : null;
    }

    /**
     * Hands over all words from one on, however many there are.
     * @param first the first, or nothing
     * @param action gets the words, and answers whether it wants another one
     * @return the word it did not want, or nothing if it had all
     */
    @Nullable Token forEachFrom(@Nullable Token first, Predicate<Token> action) {
        Token token = first;
        while (token != null && action.test(token)) {
            token = next(token.end);
        }
        return token;
    }

    @Nullable Token tokenIfAny(int index) {
        return (index < size()) ? token(index) : null;
    }

    /**
     * Returns the first word, if the line starts with it.
     * @return the name of the command, possibly empty
     */
    public String command() {
        return startsWithWord() ? this.tokens.get(0).text() : "";
    }

    /**
     * Returns the line as servers see it for which a NUL ends it.
     */
    RequestLine upToNul() {
        for (int i = 0; i < this.line.length; i++) {
            if (this.line[i] == 0) {
                return new RequestLine(Arrays.copyOf(this.line, i));
            }
        }
        return this;
    }

    boolean tooShort() {
        return this.line.length + 1 < SHORTEST_LINE;
    }

    int lengthWithoutLineFeed() {
        return this.line.length;
    }

    boolean endsWithCarriageReturn() {
        return this.line.length > 0 && this.line[this.line.length - 1] == '\r';
    }

    private boolean startsWithWord() {
        return this.contentLength > 0 && this.line[0] != ' ';
    }

    /**
     * Returns how many words there are.
     * @return the number of words
     */
    public int size() {
        return this.tokens.size();
    }

    Token token(int index) {
        return this.tokens.get(index);
    }

    /**
     * Returns a word.
     * @param index its place, 0 for the command
     * @return the word, empty if there are fewer
     */
    public String word(int index) {
        return (index < size()) ? token(index).text() : "";
    }

    /**
     * Tells whether the client wants no answer.
     * @return whether the last word is {@code noreply}
     */
    public boolean noreply() {
        return lastIs("noreply");
    }

    List<Token> from(int index) {
        return this.tokens.subList(Math.min(index, size()), size());
    }

    boolean lastIs(String word) {
        return size() > 1 && this.tokens.get(size() - 1).text().equals(word);
    }

    boolean looksLikeHttp() {
        return size() > 0 && this.tokens.get(size() - 1).text().startsWith("HTTP/");
    }

    /**
     * One word of a request line. Immutable; shares the bytes of the line.
     */
    static final class Token {

        private final byte[] line;

        private final int start;

        private final int end;

        Token(byte[] line, int start, int end) {
            this.line = line;
            this.start = start;
            this.end = end;
        }

        int length() {
            return this.end - this.start;
        }

        byte[] bytes() {
            return Arrays.copyOfRange(this.line, this.start, this.end);
        }

        /**
         * Returns the word, one character for each byte.
         */
        String text() {
            return new String(this.line, this.start, length(), StandardCharsets.ISO_8859_1);
        }

        /**
         * Returns the word and all behind it, as functions of C see it that look for the
         * end of a number themselves.
         */
        String textAndRest() {
            return new String(this.line, this.start, this.line.length - this.start, StandardCharsets.ISO_8859_1);
        }

        /**
         * Returns the first byte, which is the letter if the word is a flag.
         */
        char letter() {
            return (char) (this.line[this.start] & 0xff);
        }

        /**
         * Returns what follows the letter if the word is a flag.
         */
        String argument() {
            return text().substring(1);
        }

    }

}
