package io.memlink.transcoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.memlink.meta.EncodedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What JDK serialization does with objects of classes that are not allowed: nothing, and
 * their classes are not even loaded.
 */
class GadgetTests {

    private static final String HERE = GadgetTests.class.getName() + "$";

    private static final AtomicInteger EFFECTS = new AtomicInteger();

    private static final String ALLOWED = HERE + "Box;" + HERE + "Greeter;java.util.ArrayList;java.util.HashMap;"
            + "java.lang.Integer;java.lang.Number";

    private final RecordingLoader loader = new RecordingLoader();

    private final InteropTranscoder transcoder = new InteropTranscoder(new JdkTranscoder(ALLOWED, this.loader));

    private record Box(Object content) implements Serializable {
    }

    private interface Greeter {

        void greet();

    }

    private static final class ReadObject implements Serializable {

        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            EFFECTS.incrementAndGet();
            in.defaultReadObject();
        }

    }

    private static final class ReadResolve implements Serializable {

        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            EFFECTS.incrementAndGet();
            return 1;
        }

    }

    private enum Constant {

        ONE

    }

    private static final class Handler implements InvocationHandler, Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            EFFECTS.incrementAndGet();
            return 1;
        }

    }

    private static Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(GadgetTests.class.getClassLoader(), new Class<?>[] { type }, new Handler());
    }

    static Stream<Arguments> planted() {
        List<Object> gadgets = List.of(new ReadObject(), new ReadResolve(), Constant.ONE, new Handler(),
                ReadObject.class, proxy(Greeter.class), proxy(Runnable.class));
        return Stream
            .concat(Stream.of(new ReadObject[1], new ReadResolve[0][0], ReadObject[].class), gadgets.stream()
                .flatMap((gadget) -> Stream.of(gadget, new Box(gadget), new Box(new ArrayList<>(List.of(gadget))),
                        new HashMap<>(Map.of(1, gadget)), new ArrayList<>(List.of(1, new Box(gadget))))))
            .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aClassThatIsNotAllowedIsNeitherLoadedNorRun(Object planted) throws IOException {
        int before = EFFECTS.get();
        byte[] data = serialized(planted);
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.decode(new EncodedValue(data, 1)))
            .withMessageContaining("one of the classes that are allowed");
        assertThat(EFFECTS).hasValue(before);
        assertThat(this.loader.names).allMatch((name) -> ALLOWED.contains(name));
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.encode(planted));
    }

    /** What its interface promises is up to whoever wrote the bytes. */
    @Test
    void aProxyIsRefusedEvenIfItsInterfaceAndItsHandlerAreAllowed() throws IOException {
        Object proxy = proxy(Greeter.class);
        InteropTranscoder generous = new InteropTranscoder(
                new JdkTranscoder("io.memlink.transcoder.*;java.lang.reflect.Proxy", this.loader));
        byte[] data = serialized(proxy);
        assertThatIllegalArgumentException().isThrownBy(() -> generous.decode(new EncodedValue(data, 1)))
            .withMessageContaining("one of the classes that are allowed");
        assertThatIllegalArgumentException().isThrownBy(() -> generous.encode(proxy)).withMessageContaining("$Proxy");
    }

    @Test
    void allThatIsAllowedIsLoaded() throws IOException {
        Box box = new Box(new ArrayList<>(List.of(1)));
        assertThat(this.transcoder.decode(new EncodedValue(serialized(box), 1))).isEqualTo(box);
        assertThat(this.loader.names).contains(HERE + "Box", "java.util.ArrayList", "java.lang.Integer");
    }

    @ParameterizedTest
    @ValueSource(strings = { "java.util.*", "java.util.**", "java.util.Array*", "java.util.ArrayList", "java.**",
            "!java.util.ArrayList;java.util.*", "java.util.*;!java.util.ArrayList", "java.base/java.util.*", "int",
            "java.sql/java.util.*;java.lang.String", "!java.sql/java.util.*;java.util.**", "java.util.Map$*",
            "maxdepth=5;java.util.*" })
    void aNameIsJudgedAsItsClassIs(String pattern) {
        SerializationFilter filter = SerializationFilter.of(pattern);
        for (Class<?> type : List.of(ArrayList.class, HashMap.class, Map.Entry.class, AtomicInteger.class, String.class,
                ArrayBlockingQueue.class, ConcurrentLinkedQueue.class, Object.class, Box.class, int.class, int[].class,
                int[][].class, String[].class, ArrayList[].class, HashMap[][].class, GadgetTests.class)) {
            if (pattern.contains("/")) {
                assertThat(filter.mayAllow(type.getName()) || !filter.allows(type)).as("%s", type).isTrue();
            }
            else {
                assertThat(filter.mayAllow(type.getName())).as("%s", type).isEqualTo(filter.allows(type));
            }
        }
        assertThat(filter.mayAllow("java.utilities.Gadget")).isEqualTo(pattern.equals("java.**"));
        assertThat(filter.mayAllow("[[")).isEqualTo(filter.mayAllow("[L"));
    }

    private static byte[] serialized(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    /** Writes down which classes it is asked for. */
    private static final class RecordingLoader extends ClassLoader {

        private final List<String> names = new ArrayList<>();

        RecordingLoader() {
            super(GadgetTests.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            this.names.add(name);
            return super.loadClass(name, resolve);
        }

    }

}
