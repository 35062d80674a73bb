package io.memlink.transcoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.value.ValueFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JdkTranscoderTests {

    private static final String HERE = "io.memlink.transcoder.JdkTranscoderTests$";

    private final JdkTranscoder transcoder = new JdkTranscoder(
            HERE + "Price;" + HERE + "Kind;java.util.ArrayList;java.lang.Integer", getClass().getClassLoader());

    enum Kind {

        NET, GROSS

    }

    record Price(String article, int cents, Kind kind, List<Integer> history) implements Serializable {
    }

    /** Does something where it is read. */
    static final class Gadget implements Serializable {

        private static final long serialVersionUID = 1L;

        static final AtomicInteger reads = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            reads.incrementAndGet();
            in.defaultReadObject();
        }

    }

    @Test
    void returnsWhatItWasGiven() {
        Price price = new Price("bolt", 150, Kind.NET, new ArrayList<>(Arrays.asList(1, null, 3)));
        EncodedValue value = this.transcoder.encode(price);
        assertThat(value.flags()).isEqualTo(0x4D4C_0007);
        assertThat(this.transcoder.decode(value)).isEqualTo(price);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", ";", "*", "**", "com.acme.**;*", "com.acme.*;**;!*", "java.base/*",
            "java.base/**", " *", ".*", ".**", "!*", "!com.acme.Evil", "maxdepth=5", "maxdepth=5;!*" })
    void doesNotExistWithoutAnAllowList(String filter) {
        assertThatIllegalArgumentException().isThrownBy(() -> new JdkTranscoder(filter, getClass().getClassLoader()))
            .withMessageStartingWith("filter: \"" + filter + "\" (expected: the classes and packages");
    }

    @Test
    void doesNotRunWhatIsNotAllowed() throws IOException {
        int before = Gadget.reads.get();
        for (Object planted : List.of(new Gadget(), new ArrayList<>(List.of(1, new Gadget())),
                new Gadget[] { new Gadget() }, new HashMap<>(Map.of("key", new Gadget())))) {
            byte[] data = serialized(planted);
            assertThatIllegalArgumentException()
                .isThrownBy(() -> this.transcoder.decode(new EncodedValue(data, 0x4D4C_0007)))
                .withMessageContaining("one of the classes that are allowed");
            assertThatIllegalArgumentException()
                .isThrownBy(() -> new InteropTranscoder(this.transcoder).decode(new EncodedValue(data, 1)))
                .withMessageContaining("one of the classes that are allowed");
            assertThatIllegalArgumentException()
                .isThrownBy(() -> new InteropTranscoder(null).decode(new EncodedValue(data, 1)));
        }
        assertThat(Gadget.reads).hasValue(before);
        JdkTranscoder careless = new JdkTranscoder(HERE + "Gadget", getClass().getClassLoader());
        careless.decode(careless.encode(new Gadget()));
        assertThat(Gadget.reads).hasValue(before + 1);
    }

    @Test
    void takesAnotherShapeForAnotherClass() {
        EncodedValue value = this.transcoder.encode(new Price("bolt", 1, Kind.NET, new ArrayList<>()));
        ByteBuffer data = ByteBuffer.wrap(value.data());
        int shapes = 0;
        for (Class<?> type : List.of(Price.class, Kind.class)) {
            for (int at = 0; at + Long.BYTES <= data.capacity(); at++) {
                if (data.getLong(at) == ValueFormat.shapeOf(type)) {
                    byte[] changed = value.data().clone();
                    changed[at]++;
                    shapes++;
                    assertThatIllegalArgumentException()
                        .isThrownBy(() -> this.transcoder.decode(new EncodedValue(changed, value.flags())));
                }
            }
        }
        assertThat(shapes).isEqualTo(2);
    }

    @Test
    void sharesObjectsWithOthersWithoutShapes() throws IOException {
        InteropTranscoder interop = new InteropTranscoder(this.transcoder);
        Price price = new Price("bolt", 1, Kind.NET, new ArrayList<>());
        assertThat(interop.encode(price).data()).isEqualTo(serialized(price));
        assertThat(interop.decode(new EncodedValue(serialized(price), 1))).isEqualTo(price);
    }

    @Test
    void doesNotWriteWhatItWouldNotRead() {
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.encode(List.of(1)))
            .withMessageContaining("value: with a java.util.CollSer in it");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.encode(new ArrayList<>(List.of(new Gadget()))))
            .withMessageContaining(HERE + "Gadget");
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.encode(new ArrayList<>(List.of(this))))
            .withMessageContaining("value: java.util.ArrayList (expected: a serializable object)");
    }

    @Test
    void limitsWhatAnObjectMayCost() throws IOException {
        ArrayList<Object> deep = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        byte[] nested = serialized(deep);
        byte[] array = serialized(new int[200_000]);
        for (byte[] data : List.of(nested, array)) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> this.transcoder.decode(new EncodedValue(data, 0x4D4C_0007)));
        }
        JdkTranscoder generous = new JdkTranscoder("java.util.ArrayList;maxdepth=100;maxarray=200000",
                getClass().getClassLoader());
        assertThat(generous.decode(new EncodedValue(nested, 0x4D4C_0007))).isEqualTo(deep);
        assertThat(generous.decode(new EncodedValue(array, 0x4D4C_0007))).isEqualTo(new int[200_000]);
    }

    /**
     * Bytes could say that their lock is held, and reading would wait for it for ever.
     */
    @Test
    void hasNoQueuesWithLocksWhateverTheFilterSays() throws IOException {
        JdkTranscoder generous = new JdkTranscoder("java.util.concurrent.**;java.util.*", getClass().getClassLoader());
        for (Object queue : List.of(new PriorityBlockingQueue<>(), new LinkedBlockingQueue<>(),
                new LinkedBlockingDeque<>(), new ArrayBlockingQueue<>(1))) {
            byte[] data = serialized(queue);
            assertThatIllegalArgumentException().isThrownBy(() -> generous.decode(new EncodedValue(data, 0x4D4C_0007)));
            assertThatIllegalArgumentException().isThrownBy(() -> generous.encode(queue));
        }
    }

    @Test
    void readsOneObjectAndNothingElse() throws IOException {
        byte[] data = serialized(1);
        for (byte[] other : List.of(Arrays.copyOf(data, data.length + 1), Arrays.copyOf(data, data.length - 1),
                new byte[0], serialized(null))) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> this.transcoder.decode(new EncodedValue(other, 0x4D4C_0007)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.decode(new EncodedValue(data, 0)))
            .withMessageContaining("codec");
    }

    @Test
    void leavesPlainTypesAsTheyAre() {
        Transcoder<Object> objects = new ObjectTranscoder(this.transcoder);
        assertThat(objects.encode("text").flags()).isEqualTo(0x4D4C_0002);
        assertThat(objects.encode(new byte[1]).flags()).isEqualTo(0x4D4C_0001);
        assertThat(objects.encode(42).flags()).isEqualTo(0x4D4C_0005);
        assertThat(objects.encode(42L).data()).isEqualTo(new byte[] { '4', '2' });
        assertThat(objects.decode(objects.encode(42L))).isEqualTo(42L);
    }

    private static byte[] serialized(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

}
