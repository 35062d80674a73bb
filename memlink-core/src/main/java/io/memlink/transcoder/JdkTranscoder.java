package io.memlink.transcoder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.Objects;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * Objects of JDK serialization, limited to classes that are allowed by name. Safe for use
 * by many threads.
 * <p>
 * Whoever can write to the cache chooses which classes a reader instantiates, so there is
 * no such transcoder without an allow-list. What the list does not name is refused before
 * its {@code readObject} is called; objects with such a class in them are refused when
 * they are written, rather than never be found again. The filter of the whole JVM
 * ({@code jdk.serialFilter}) counts as well.
 *
 * @since 0.1.0
 */
public final class JdkTranscoder implements Transcoder<Object> {

    private final ObjectInputFilter filter;

    private final ClassLoader classLoader;

    /**
     * Creates a transcoder.
     * @param filter what may be read, as a pattern of
     * {@link ObjectInputFilter.Config#createFilter}; everything else is rejected, and
     * depth 20, 20,000 references, arrays of 100,000 elements and 16 MiB are the limits
     * unless it says otherwise
     * @param classLoader finds the classes
     * @throws IllegalArgumentException where the filter allows nothing, or everything
     * ({@code *} or {@code **})
     */
    public JdkTranscoder(String filter, ClassLoader classLoader) {
        this.filter = SerializationFilter.of(Objects.requireNonNull(filter, "filter"));
        this.classLoader = Objects.requireNonNull(classLoader, "classLoader");
    }

    @Override
    public EncodedValue encode(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output out = new Output(bytes, this.filter)) {
            out.writeObject(value);
            out.requireAllowed();
        }
        catch (IOException ex) {
            throw new IllegalArgumentException(
                    "value: " + value.getClass().getName() + " (expected: a serializable object)", ex);
        }
        return new EncodedValue(bytes.toByteArray(), ClientFlags.of(ClientFlags.JDK).bits());
    }

    @Override
    public Object decode(EncodedValue value) {
        ClientFlags flags = ClientFlags.parse(value.flags());
        if (!flags.equals(ClientFlags.of(ClientFlags.JDK))) {
            throw new IllegalArgumentException("codec: " + flags + " (expected: that of JDK serialization)");
        }
        return read(value.data());
    }

    Object read(byte[] data) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(data);
        Object value;
        try (ObjectInputStream in = new Input(bytes)) {
            value = in.readObject();
        }
        catch (InvalidClassException ex) {
            throw new IllegalArgumentException("value: an object (expected: one of the classes that are allowed)", ex);
        }
        catch (IOException | ClassNotFoundException ex) {
            throw new IllegalArgumentException("value: bytes (expected: those of JDK serialization)", ex);
        }
        if (value == null || bytes.available() > 0) {
            throw new IllegalArgumentException("value: null, or more than one object (expected: one)");
        }
        return value;
    }

    /**
     * Finds classes where the application has them, and reads only those of the filter.
     */
    private final class Input extends ObjectInputStream {

        Input(InputStream in) throws IOException {
            super(in);
            setObjectInputFilter(JdkTranscoder.this.filter);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, JdkTranscoder.this.classLoader);
            }
            catch (ClassNotFoundException ex) {
                // Knows the primitive types.
                return super.resolveClass(description);
            }
        }

    }

    /** Writes only what can be read. */
    private static final class Output extends ObjectOutputStream {

        private final ObjectInputFilter filter;

        private @Nullable Class<?> refused;

        Output(OutputStream out, ObjectInputFilter filter) throws IOException {
            super(out);
            this.filter = filter;
        }

        @Override
        protected void annotateClass(Class<?> type) {
            check(type);
        }

        @Override
        protected void annotateProxyClass(Class<?> type) {
            check(type);
        }

        private void check(Class<?> type) {
            if (this.refused == null && !SerializationFilter.allows(this.filter, type)) {
                this.refused = type;
            }
        }

        /** Afterwards: a failure of the stream itself is an object in it, too. */
        void requireAllowed() {
            if (this.refused != null) {
                throw new IllegalArgumentException("value: with a " + this.refused.getName()
                        + " in it (expected: a class that the filter allows)");
            }
        }

    }

}
