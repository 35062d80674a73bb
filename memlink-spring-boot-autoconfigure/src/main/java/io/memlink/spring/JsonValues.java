package io.memlink.spring;

import java.lang.reflect.Type;
import java.util.function.Predicate;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.ClientFlags;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Transcoder of values as JSON.
 *
 * @param <V> the type of the values
 * @param writer writes them
 * @param reader reads them
 * @param flags what distinguishes them
 * @param trusted judges the types that JSON names
 */
record JsonValues<V>(ObjectWriter writer, ObjectReader reader, ClientFlags flags,
        Predicate<String> trusted) implements Transcoder<V> {

    /** Seen as an object, every value but the simplest takes its type along. */
    static JsonValues<Object> withTypes(JsonMapper mapper, Predicate<String> trusted) {
        return new JsonValues<>(mapper.writerFor(Object.class), mapper.readerFor(Object.class),
                ClientFlags.of(ClientFlags.JSON), trusted);
    }

    static <V> JsonValues<V> declared(JsonMapper mapper, Type type) {
        JavaType declared = mapper.constructType(type);
        return new JsonValues<>(mapper.writerFor(declared), mapper.readerFor(declared),
                ClientFlags.of(ClientFlags.DECLARED_JSON), (name) -> true);
    }

    @Override
    public EncodedValue encode(V value) {
        try {
            return new EncodedValue(this.writer.writeValueAsBytes(value), this.flags.bits());
        }
        catch (OutOfMemoryError ex) {
            throw ex;
        }
        catch (Error ex) {
            throw new IllegalArgumentException(
                    "value: a " + value.getClass().getName() + " whose writing failed with a " + ex.getClass().getName()
                            + " (expected: one that is not in itself)",
                    ex);
        }
    }

    @Override
    public V decode(EncodedValue value) {
        ClientFlags flags = ClientFlags.parse(value.flags());
        if (!flags.equals(this.flags)) {
            throw new IllegalArgumentException("codec: " + flags.codec() + " (expected: " + this.flags.codec() + ")");
        }
        V decoded = read(value.data());
        if (decoded == null) {
            throw new IllegalArgumentException("value: null (expected: an object)");
        }
        return decoded;
    }

    private @Nullable V read(byte[] data) {
        try {
            return this.reader.readValue(data);
        }
        catch (InvalidTypeIdException ex) {
            String name = name(ex.getTypeId());
            // To trust what is not there would not help.
            String expected = this.trusted.test(name) ? "a class that is there" : "a type that is trusted";
            throw new IllegalArgumentException(
                    "value: JSON with the type " + name + " in it (expected: " + expected + ")");
        }
        catch (OutOfMemoryError ex) {
            throw ex;
        }
        catch (Error ex) {
            throw new IllegalArgumentException("value: JSON that led to a " + ex.getClass().getName()
                    + " (expected: a value of the type that is read)");
        }
        catch (JacksonException ex) {
            // Without the cause, whose message may have parts of the value in it.
            throw new IllegalArgumentException("value: JSON with a " + ex.getClass().getSimpleName() + " at byte "
                    + ex.getLocation().getByteOffset() + " (expected: a value of the type that is read)");
        }
    }

    /** What claims to be the name of a type may be anything. */
    private static String name(@Nullable String typeId) {
        return (typeId != null && typeId.matches("[\\w.$<>,\\[;]{1,200}")) ? typeId : "?";
    }

}
