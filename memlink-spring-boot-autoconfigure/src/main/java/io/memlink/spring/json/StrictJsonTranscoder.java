package io.memlink.spring.json;

import java.io.ByteArrayOutputStream;
import java.util.Objects;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.ClientFlags;
import io.memlink.value.ValueFormat;
import io.memlink.value.ValueNotSupportedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Transcoder of objects as JSON that brings them back: their fields by name, whatever
 * accessors and annotations say; maps as pairs of keys and values; and with each object
 * its class and the {@linkplain ValueFormat#shapeOf shape} of it, so that a class that
 * has changed is a miss. Safe for use by many threads. <pre>{@code
 * {"@type":"com.acme.Price#5d3c0a1f22b47e10","currency":"EUR","amount":["BigDecimal",12.50]}
 * ["HashMap",["Long",7],"seven"]
 * }</pre>
 * <p>
 * A value is written only if the value format takes it, and if it is the same once the
 * JSON has been read again. So whatever that format refuses is refused here, and some
 * more. This makes writing several times as slow as reading. A part that can be changed
 * and is there twice as one object, such as a list, a date or an object that is no
 * record, would come back as two and is refused; what cannot be changed is written each
 * time. Converters are not asked.
 *
 * @since 0.1.0
 */
public final class StrictJsonTranscoder implements Transcoder<Object> {

    private static final int FLAGS = ClientFlags.of(ClientFlags.FIELD_JSON).bits();

    /** Each part takes a byte at least, unless it is shared. */
    private static final int MIN_PARTS = 10_000;

    private final JsonFactory json = new JsonFactory();

    private final ValueFormat format;

    private final JsonClasses classes;

    /**
     * Creates a transcoder.
     * @param format finds classes, knows whom to trust, and which values are the same
     */
    public StrictJsonTranscoder(ValueFormat format) {
        this.format = Objects.requireNonNull(format, "format");
        this.classes = new JsonClasses(format.classLoader(), format.trustedClasses());
    }

    /**
     * Encodes a value.
     * @param value the value, which nobody may change in the meantime
     * @return its JSON and flags
     * @throws ValueNotSupportedException where the value format refuses it
     * @throws IllegalArgumentException where JSON does not bring it back
     */
    @Override
    public EncodedValue encode(Object value) {
        // Of views and the like there is now an equal value of an ordinary kind.
        byte[] bytes = this.format.encode(value);
        Object plain = this.format.decode(bytes);
        byte[] data;
        boolean same;
        try {
            data = write(plain, MIN_PARTS + 2 * bytes.length);
            same = this.format.isSame(plain, read(data));
        }
        catch (Throwable ex) {
            requireHarmless(ex);
            throw notWritten(value, ex);
        }
        if (!same) {
            throw notWritten(value, null);
        }
        return new EncodedValue(data, FLAGS);
    }

    /** Whatever methods of a value throw says something of the value alone. */
    private static void requireHarmless(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
            throw error;
        }
    }

    private static IllegalArgumentException notWritten(Object value, @Nullable Throwable cause) {
        String detail = (cause instanceof IllegalArgumentException) ? ", " + cause.getMessage() : "";
        return new IllegalArgumentException(
                "value: a " + value.getClass().getName() + detail + " (expected: one that JSON brings back as it is)",
                cause);
    }

    private byte[] write(@Nullable Object value, int parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = this.json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            new JsonOutput(generator, this.classes, parts).any(value);
        }
        return bytes.toByteArray();
    }

    /**
     * Decodes a value.
     * @param value what {@link #encode} made, perhaps in another version of the
     * application
     * @return the value
     * @throws IllegalArgumentException where its classes are unknown, not trusted or have
     * changed, and where the bytes are no such JSON
     */
    @Override
    public Object decode(EncodedValue value) {
        if (value.flags() != FLAGS) {
            throw new IllegalArgumentException("flags: 0x" + Integer.toHexString(value.flags()) + " (expected: 0x"
                    + Integer.toHexString(FLAGS) + ", those of JSON of fields)");
        }
        try {
            Object decoded = read(value.data());
            // Others may write JSON of what would never be written.
            this.format.encode(decoded);
            return Objects.requireNonNull(decoded);
        }
        catch (JsonClasses.RefusedClassException ex) {
            throw ex;
        }
        catch (Throwable ex) {
            requireHarmless(ex);
            // Without the cause, whose message may have parts of the value in it.
            throw new IllegalArgumentException(
                    "value: JSON that led to a " + ex.getClass().getName() + " (expected: that of a value)");
        }
    }

    private @Nullable Object read(byte[] data) {
        try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), data)) {
            parser.nextToken();
            Object value = new JsonInput(parser, this.classes, data.length).any();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("JSON: with something after the end (expected: one value)");
            }
            return value;
        }
    }

}
