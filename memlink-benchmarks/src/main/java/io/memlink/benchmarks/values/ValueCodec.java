package io.memlink.benchmarks.values;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.List;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import io.memlink.meta.EncodedValue;
import io.memlink.spring.JsonTranscoder;
import io.memlink.transcoder.ClientFlags;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import org.objenesis.strategy.StdInstantiatorStrategy;
import tools.jackson.databind.json.JsonMapper;

/** A way to make bytes of objects that carry their classes, for one thread. */
interface ValueCodec {

    byte[] encode(Object value);

    Object decode(byte[] bytes);

    static ValueCodec of(String name) {
        return switch (name) {
            case "memlink" -> memlink();
            case "jackson" -> jackson();
            case "jdk" -> new JdkCodec();
            case "fory" -> fory();
            case "kryo" -> kryo();
            default ->
                throw new IllegalArgumentException("codec: " + name + " (expected: memlink, jackson, jdk, fory, kryo)");
        };
    }

    private static ValueCodec of(Encoding encoding, Decoding decoding) {
        return new ValueCodec() {

            @Override
            public byte[] encode(Object value) {
                return encoding.encode(value);
            }

            @Override
            public Object decode(byte[] bytes) {
                return decoding.decode(bytes);
            }

        };
    }

    private static ValueCodec memlink() {
        ValueFormat format = ValueFormat.of(ValueCodec.class.getClassLoader(),
                TrustedClasses.of(SampleValues.class.getPackageName()));
        return of(format::encode, (bytes) -> {
            Object value = format.decode(bytes);
            if (value == null) {
                throw new IllegalArgumentException("bytes: null (expected: a value)");
            }
            return value;
        });
    }

    /**
     * As the format {@code application} has it: the names of classes where they are not
     * declared.
     */
    private static ValueCodec jackson() {
        JsonTranscoder json = new JsonTranscoder(JsonMapper.builder().build(),
                List.of(SampleValues.class.getPackageName()));
        int flags = ClientFlags.of(ClientFlags.JSON).bits();
        return of((value) -> json.encode(value).data(), (bytes) -> json.decode(new EncodedValue(bytes, flags)));
    }

    private static ValueCodec fory() {
        org.apache.fory.logging.LoggerFactory.disableLogging();
        ThreadSafeFory fory = Fory.builder()
            .withXlang(false)
            .withRefTracking(true)
            .requireClassRegistration(false)
            .withClassVersionCheck(true)
            .suppressClassRegistrationWarnings(true)
            .buildThreadSafeFory();
        return of(fory::serialize, fory::deserialize);
    }

    private static ValueCodec kryo() {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(false);
        kryo.setReferences(true);
        kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
        return of((value) -> {
            Output out = new Output(512, -1);
            kryo.writeClassAndObject(out, value);
            return out.toBytes();
        }, (bytes) -> kryo.readClassAndObject(new Input(bytes)));
    }

    /** Makes bytes. */
    interface Encoding {

        byte[] encode(Object value);

    }

    /** Makes objects. */
    interface Decoding {

        Object decode(byte[] bytes);

    }

    /** Serialization of the JDK. */
    final class JdkCodec implements ValueCodec {

        @Override
        public byte[] encode(Object value) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(value);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
            return bytes.toByteArray();
        }

        @Override
        public Object decode(byte[] bytes) {
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
                return in.readObject();
            }
            catch (IOException | ClassNotFoundException ex) {
                throw new IllegalArgumentException(ex);
            }
        }

    }

}
