package io.memlink.spring.cache.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Text that is safe in the name of an item, and different for different texts.
 */
final class KeyText {

    /** Most bytes UTF-8 needs for one character of a string. */
    private static final int MAX_BYTES_PER_CHAR = 3;

    private KeyText() {
    }

    /**
     * Returns text behind the letter that says what it is: as it is, or in hexadecimal
     * where a lone surrogate keeps it from being UTF-8.
     */
    static String of(String text) {
        if (!hasSurrogate(text) || StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return "s".concat(text);
        }
        StringBuilder units = new StringBuilder("w");
        text.chars().forEach((unit) -> units.append(HexFormat.of().toHexDigits((char) unit)));
        return units.toString();
    }

    /** A loop, since every key of every call comes by here. */
    private static boolean hasSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns text as it is, or its SHA-256 (44 characters) where it is too long. */
    static String folded(String text, int maxBytes) {
        if (text.length() * MAX_BYTES_PER_CHAR <= maxBytes) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "#" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

}
