package io.memlink.transcoder;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.Compression.InflationLimit;
import io.memlink.value.ValueText;

/**
 * A description of a value that a server keeps, for people to read. No class is loaded
 * for it, and no application has to be there. Immutable.
 *
 * @param format what the flags say that it is, such as {@code typed} or {@code json}
 * @param bytes how many bytes the server keeps
 * @param text the value, in at most some ten thousands of characters; without its content
 * unless that was asked for
 * @since 0.1.0
 */
public record ValueDescription(String format, int bytes, String text) {

    private static final int MAX_CHARACTERS = 20_000;

    private static final int MAX_BYTES = 256;

    private static final String HIDDEN = "******";

    /**
     * Describes a value.
     * @param value as the server keeps it
     * @param showContent whether to show what may be a secret: numbers, texts and the
     * like; else only what it consists of
     * @return the description
     */
    public static ValueDescription of(EncodedValue value, boolean showContent) {
        int bytes = Objects.requireNonNull(value, "value").data().length;
        if (!ClientFlags.isMarked(value.flags())) {
            String format = (value.flags() == 0) ? "plain" : "flags 0x" + Integer.toHexString(value.flags());
            return new ValueDescription(format, bytes, showContent ? plain(value.data()) : HIDDEN);
        }
        try {
            ClientFlags flags = ClientFlags.parse(value.flags());
            EncodedValue inflated = new CompressingTranscoder<>(Transcoder.encoded(), null, 0, InflationLimit.DEFAULT)
                .decode(value);
            String format = name(flags.codec()) + (flags.isCompressed() ? ", compressed" : "");
            return new ValueDescription(format, bytes, text(flags.codec(), inflated.data(), showContent));
        }
        catch (RuntimeException ex) {
            return new ValueDescription("flags 0x" + Integer.toHexString(value.flags()), bytes,
                    "not readable: " + ex.getClass().getSimpleName());
        }
    }

    private static String name(int codec) {
        return switch (codec) {
            case ClientFlags.PLAIN -> "plain";
            case ClientFlags.BYTES -> "bytes";
            case ClientFlags.TEXT -> "text";
            case ClientFlags.JSON -> "application";
            case ClientFlags.DECLARED_JSON -> "application, of a declared type";
            case ClientFlags.INTEGER -> "Integer";
            case ClientFlags.LONG -> "Long";
            case ClientFlags.JDK -> "jdk";
            case ClientFlags.TYPED -> "typed";
            case ClientFlags.FIELD_JSON -> "json";
            case ClientFlags.NULL -> "null";
            default -> "codec " + codec;
        };
    }

    private static String text(int codec, byte[] data, boolean showContent) {
        return switch (codec) {
            case ClientFlags.NULL -> "null";
            case ClientFlags.TYPED -> showContent ? ValueText.of(data) : ValueText.structureOf(data);
            case ClientFlags.TEXT, ClientFlags.JSON, ClientFlags.DECLARED_JSON, ClientFlags.FIELD_JSON,
                    ClientFlags.INTEGER, ClientFlags.LONG, ClientFlags.PLAIN ->
                showContent ? plain(data) : HIDDEN;
            default -> showContent ? hex(data) : HIDDEN;
        };
    }

    private static String plain(byte[] data) {
        String text = new String(data, 0, Math.min(data.length, 4 * MAX_CHARACTERS), StandardCharsets.UTF_8);
        boolean printable = text.chars().limit(MAX_CHARACTERS).noneMatch((c) -> c == 0xfffd || c < ' ' && c != '\n');
        if (!printable) {
            return hex(data);
        }
        return (text.length() > MAX_CHARACTERS) ? text.substring(0, MAX_CHARACTERS) + "..." : text;
    }

    private static String hex(byte[] data) {
        String text = HexFormat.of().formatHex(data, 0, Math.min(data.length, MAX_BYTES));
        return (data.length > MAX_BYTES) ? text + "..." : text;
    }

}
