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
import io.memlink.value.ValueFormat;
import org.jspecify.annotations.Nullable;

/**
 * Objects of JDK serialization, limited to classes that are allowed by name. Safe for use
 * by many threads.
 * <p>
 * Whoever can write to the cache chooses which classes a reader instantiates, so there is
 * no such transcoder without an allow-list. A class that the list does not name is not
 * even loaded, and dynamic proxies are never read; objects with either in them are
 * refused when they are written, rather than never be found again. The filter of the
 * whole JVM ({@code jdk.serialFilter}) counts as well.
 * <p>
 * Memory is bounded, and so is depth. The time that it takes to read is not, if the list
 * names hash tables: a few hundred bytes can be a set that takes for ever to hash. Where
 * others may write to the servers, use a {@link ValueFormat}, which knows such sets.
 * <p>
 * With each class of the application goes a hash of its fields and their types (see
 * {@link ValueFormat#shapeOf}), so that an object of a class that has changed is a miss,
 * whatever its {@code serialVersionUID} says. Other readers of JDK serialization skip it.
 *
 * @since 0.1.0
 */
public final class JdkTranscoder implements Transcoder<Object> {

    private final SerializationFilter filter;

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
        return new EncodedValue(write(value, true), ClientFlags.of(ClientFlags.JDK).bits());
    }

    byte[] write(Object value, boolean shapes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output out = new Output(bytes, this.filter, shapes)) {
            out.writeObject(value);
            out.requireAllowed();
        }
        catch (IOException ex) {
            throw new IllegalArgumentException(
                    "value: " + value.getClass().getName() + " (expected: a serializable object)", ex);
        }
        catch (StackOverflowError ex) {
            throw new IllegalArgumentException(
                    "value: " + value.getClass().getName() + " (expected: one that is less deep)", ex);
        }
        return bytes.toByteArray();
    }

    @Override
    public Object decode(EncodedValue value) {
        ClientFlags flags = ClientFlags.parse(value.flags());
        if (!flags.equals(ClientFlags.of(ClientFlags.JDK))) {
            throw new IllegalArgumentException("codec: " + flags + " (expected: that of JDK serialization)");
        }
        return read(value.data(), true);
    }

    Object read(byte[] data, boolean shapes) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(data);
        Object value;
        try (ObjectInputStream in = new Input(bytes, shapes)) {
            value = in.readObject();
        }
        catch (InvalidClassException ex) {
            throw new IllegalArgumentException(
                    "value: an object (expected: one of the classes that are allowed, as they are now)", ex);
        }
        catch (OutOfMemoryError ex) {
            throw ex;
        }
        catch (IOException | ClassNotFoundException | RuntimeException | Error ex) {
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

        private final boolean shapes;

        Input(InputStream in, boolean shapes) throws IOException {
            super(in);
            this.shapes = shapes;
            setObjectInputFilter(JdkTranscoder.this.filter.classes());
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            // The filter of the stream is asked once the class is there.
            if (!JdkTranscoder.this.filter.mayAllow(description.getName())) {
                throw new InvalidClassException(description.getName(), "is not allowed");
            }
            try {
                Class<?> type = Class.forName(description.getName(), false, JdkTranscoder.this.classLoader);
                if (this.shapes && hasShape(type)) {
                    requireShape(type);
                }
                return type;
            }
            catch (ClassNotFoundException ex) {
                // Knows the primitive types.
                return super.resolveClass(description);
            }
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
            throw new InvalidClassException("a dynamic proxy", "is not allowed");
        }

        /** Nothing is asked of a class that is not allowed. */
        private void requireShape(Class<?> type) throws IOException {
            if (!JdkTranscoder.this.filter.allows(type)) {
                throw new InvalidClassException(type.getName(), "is not allowed");
            }
            if (readLong() != ValueFormat.shapeOf(type)) {
                throw new InvalidClassException(type.getName(), "has other fields now");
            }
        }

    }

    private static boolean hasShape(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader != null && loader != ClassLoader.getPlatformClassLoader() && !type.isArray();
    }

    /** Writes only what can be read. */
    private static final class Output extends ObjectOutputStream {

        private final SerializationFilter filter;

        private final boolean shapes;

        private @Nullable Class<?> refused;

        Output(OutputStream out, SerializationFilter filter, boolean shapes) throws IOException {
            super(out);
            this.filter = filter;
            this.shapes = shapes;
        }

        @Override
        protected void annotateClass(Class<?> type) throws IOException {
            if (!this.filter.allows(type)) {
                refuse(type);
            }
            if (this.shapes && hasShape(type)) {
                writeLong(ValueFormat.shapeOf(type));
            }
        }

        @Override
        protected void annotateProxyClass(Class<?> type) {
            refuse(type);
        }

        private void refuse(Class<?> type) {
            if (this.refused == null) {
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
