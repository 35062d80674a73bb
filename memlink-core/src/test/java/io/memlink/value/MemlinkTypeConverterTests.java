package io.memlink.value;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.memlink.value.Samples.Box;
import io.memlink.value.Samples.Node;
import io.memlink.value.ValueNotReadableException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class MemlinkTypeConverterTests {

    private final ValueFormat plain = Samples.format();

    private final ValueFormat format = this.plain.with(MemlinkTypeConverter.of(Samples.OwnList.class, String[].class,
            (list) -> list.toArray(new String[0]), MemlinkTypeConverterTests::ownList));

    private static Samples.OwnList ownList(String... elements) {
        Samples.OwnList list = new Samples.OwnList();
        list.addAll(List.of(elements));
        return list;
    }

    @Test
    void objectsAreStoredAsOthers() {
        Samples.OwnList list = ownList("a", "b");
        List<?> back = (List<?>) this.format
            .decode(this.format.encode(new ArrayList<>(List.of(list, list, new Box(list)))));
        assertThat(back.get(0)).isInstanceOf(Samples.OwnList.class).isEqualTo(list).isSameAs(back.get(1));
        assertThat(((Box) back.get(2)).content()).isSameAs(back.get(0));
        assertThat(this.format.decode(this.format.encode(Map.of(list, Set.of(list)))))
            .isEqualTo(Map.of(list, Set.of(list)));
    }

    @Test
    void theirClassNeedNotBeTrusted() throws Exception {
        ValueFormat urls = ValueFormat.of(getClass().getClassLoader(), TrustedClasses.of())
            .with(MemlinkTypeConverter.of(URL.class, String.class, URL::toExternalForm, (text) -> {
                try {
                    return java.net.URI.create(text).toURL();
                }
                catch (java.net.MalformedURLException ex) {
                    throw new IllegalArgumentException(ex);
                }
            }));
        URL url = java.net.URI.create("http://127.0.0.1/a").toURL();
        assertThat(urls.decode(urls.encode(url))).hasToString(url.toString());
        byte[] other = urls.encode(url);
        other[other.length - 1] = ' ';
        other[other.length - 18] = ':';
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> urls.decode(other));
    }

    @Test
    void convertersOfAbstractClassesAreForAllSubclassesOthersForOne() {
        ValueFormat lists = this.plain.with(MemlinkTypeConverter.of(Samples.Parent.class, String.class,
                Samples.Parent::parentName, Samples.Parent::new));
        assertThat(lists.decode(lists.encode(new Samples.Child("p", "c")))).isEqualTo(new Samples.Child("p", "c"));
        assertThat(lists.decode(lists.encode(new Samples.Parent("p")))).hasSameClassAs(new Samples.Parent("p"));
        ValueFormat sequences = this.plain.with(MemlinkTypeConverter.of(CharSequence.class, String.class,
                CharSequence::toString, (text) -> new Text(text)));
        assertThat(sequences.decode(sequences.encode(new Text("t")))).isEqualTo(new Text("t"));
        assertThat(sequences.decode(sequences.encode("text"))).isEqualTo("text");
    }

    record Text(String text) implements CharSequence {

        @Override
        public int length() {
            return this.text.length();
        }

        @Override
        public char charAt(int index) {
            return this.text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return this.text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return this.text;
        }

    }

    @Test
    void whatAConverterMakesIsComparedBeforeItIsWritten() {
        ValueFormat lossy = this.plain.with(MemlinkTypeConverter.of(Samples.OwnList.class, Integer.class,
                Samples.OwnList::size, (size) -> ownList("x".repeat(size))));
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> lossy.encode(ownList("a")))
            .withMessageContaining("whose converter makes something else of it");
        ValueFormat silent = this.plain
            .with(MemlinkTypeConverter.of(Samples.OwnList.class, String.class, (list) -> null, (text) -> ownList()));
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> silent.encode(ownList()))
            .withMessageContaining("whose converter made no java.lang.String");
        ValueFormat failing = this.plain.with(MemlinkTypeConverter.of(Samples.OwnList.class, String.class, (list) -> {
            throw new IllegalStateException("fails");
        }, (text) -> ownList()));
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> failing.encode(ownList()))
            .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutTheConverterItIsAMiss() {
        byte[] bytes = this.format.encode(ownList("a"));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> this.plain.decode(bytes))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.OTHER_SHAPE));
        assertThatExceptionOfType(ValueNotReadableException.class)
            .isThrownBy(() -> ValueFormat.of(getClass().getClassLoader(), TrustedClasses.of()).decode(bytes))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.NOT_TRUSTED));
        ValueFormat other = this.plain.with(MemlinkTypeConverter.of(Samples.OwnList.class, String.class,
                (list) -> list.get(0), MemlinkTypeConverterTests::ownList));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> other.decode(bytes))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.OTHER_SHAPE));
        assertThat(ValueText.of(bytes)).isEqualTo("io.memlink.value.Samples$OwnList of String[] [\"a\"]");
    }

    @Test
    void cyclesThroughConvertersAreRefused() {
        ValueFormat boxes = this.plain.with(MemlinkTypeConverter.of(Node.class, Object[].class,
                (node) -> new Object[] { node.name, node.next }, (array) -> new Node((String) array[0])));
        Node node = new Node("a");
        node.next = node;
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> boxes.encode(node))
            .withMessageContaining("which is in itself");
    }

    @Test
    void formatsAreNotChangedByConverters() {
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.plain.encode(ownList()));
        assertThatNullPointerException().isThrownBy(() -> this.plain.with(null)).withMessage("converter");
    }

}
