package io.memlink.embedded.command;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

import io.memlink.embedded.command.RequestLine.Token;

/**
 * Keys in base64. Decoding is as lenient as memcached's: bytes outside the alphabet are
 * skipped. Stateless.
 */
final class Base64Keys {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static final int GROUP = 4;

    private Base64Keys() {
    }

    static byte[] encode(byte[] key) {
        return Base64.getEncoder().encode(key);
    }

    static byte[] decode(Token token) throws BadRequestException {
        StringBuilder significant = new StringBuilder();
        for (char character : token.text().toCharArray()) {
            if (character == '=' || ALPHABET.indexOf(character) >= 0) {
                significant.append(character);
            }
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        boolean more = significant.length() % GROUP == 0;
        for (int i = 0; more && i < significant.length(); i += GROUP) {
            more = decodeGroup(significant.substring(i, i + GROUP), decoded);
        }
        if (decoded.size() == 0) {
            throw new BadRequestException("CLIENT_ERROR error decoding key");
        }
        return decoded.toByteArray();
    }

    // Answers whether another group may follow; padding ends the key, too much of it
    // spoils it.
    private static boolean decodeGroup(String group, ByteArrayOutputStream decoded) {
        int bits = 0;
        int padding = 0;
        for (char character : group.toCharArray()) {
            padding += (character == '=') ? 1 : 0;
            bits = bits << 6 | Math.max(ALPHABET.indexOf(character), 0);
        }
        if (padding > 2) {
            decoded.reset();
            return false;
        }
        byte[] bytes = { (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits };
        decoded.write(bytes, 0, bytes.length - padding);
        return padding == 0;
    }

}
