package io.memlink.value;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.memlink.value.ValueNotReadableException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class ValueFormatHostileBytesTests {

    private static final int ARRAY_LIST = 81;

    private static final int SET_OF = 93;

    private static final int HASH_SET = 101;

    private static final int LINKED_HASH_SET = 102;

    private static final int COPY_ON_WRITE_ARRAY_SET = 104;

    private static final int ATOMIC_REFERENCE = 77;

    private static final int HASH_MAP = 107;

    private final ValueFormat format = Samples.format();

    private void assertMalformed(Bytes bytes, String message) {
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> this.format.decode(bytes.toArray()))
            .withMessageContaining(message)
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.MALFORMED));
    }

    @Test
    void aHundredThousandMutationsEndInAValueOrAMiss() {
        List<byte[]> corpus = corpus();
        Random random = new Random(42);
        long most = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = corpus.get(random.nextInt(corpus.size())).clone();
            for (int mutation = 1 + random.nextInt(4); mutation > 0; mutation--) {
                bytes = mutate(bytes, random, corpus);
            }
            long before = allocated();
            try {
                this.format.decode(bytes);
            }
            catch (ValueNotReadableException ex) {
                assertThat(ex.reason()).isNotNull();
            }
            most = Math.max(most, allocated() - before);
            try {
                ValueText.of(bytes);
            }
            catch (ValueNotReadableException ex) {
                assertThat(ex.reason()).isIn(Reason.MALFORMED, Reason.OTHER_VERSION);
            }
        }
        assertThat(most).isLessThan(2 << 20);
    }

    private List<byte[]> corpus() {
        try {
            return Stream
                .of(ValueFormatRoundTripTests.applicationObjects(), ValueFormatRoundTripTests.scalars(),
                        ValueFormatRoundTripTests.times(), ValueFormatRoundTripTests.collections(),
                        ValueFormatRoundTripTests.maps(), ValueFormatRoundTripTests.arrays(),
                        ValueFormatRoundTripTests.variables.stream())
                .flatMap((values) -> values)
                .map(this.format::encode)
                .filter((bytes) -> bytes.length < 1000)
                .toList();
        }
        catch (java.net.UnknownHostException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static byte[] mutate(byte[] bytes, Random random, List<byte[]> corpus) {
        if (bytes.length < 2) {
            return new byte[] { 1, (byte) random.nextInt() };
        }
        int at = 1 + random.nextInt(bytes.length - 1);
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> {
                return join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + 1, bytes.length));
            }
            case 4 -> {
                byte[] more = new byte[1 + random.nextInt(5)];
                random.nextBytes(more);
                return join(join(Arrays.copyOf(bytes, at), more), Arrays.copyOfRange(bytes, at, bytes.length));
            }
            case 5 -> {
                int from = random.nextInt(other.length);
                int length = Math.min(Math.min(1 + random.nextInt(40), other.length - from), bytes.length - at);
                System.arraycopy(other, from, bytes, at, length);
            }
            default -> bytes[at] = new byte[] { 0, 1, -1, 127, -128, 2, 3 }[random.nextInt(7)];
        }
        return bytes;
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void everyCutIsMalformed() {
        byte[] bytes = this.format.encode(new ArrayList<>(List.of(new Samples.Box(Map.of("a", 1L)), 2, "text")));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> this.format.decode(cut));
        }
        assertMalformed(Bytes.of().add(bytes).add(0), "1 bytes left");
    }

    @Test
    void otherVersionsAreToldApart() {
        for (int version : new int[] { 0, 2, 123, 255 }) {
            assertThatExceptionOfType(ValueNotReadableException.class)
                .isThrownBy(() -> this.format.decode(Bytes.of(version, 0).toArray()))
                .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.OTHER_VERSION));
        }
    }

    @Test
    void lengthsAreAtMostWhatIsLeft() {
        for (int tag : new int[] { Kind.LATIN_1, Kind.UTF_8, Kind.UTF_16, 46, 47, 48, 49, 50, 51, 52, 53, ARRAY_LIST,
                82, 83, 91, HASH_SET, HASH_MAP, 33, 21 }) {
            assertMalformed(Bytes.of(1, tag).number(Integer.MAX_VALUE), "length 2147483647 (expected: at most what");
            assertMalformed(Bytes.of(1, tag).number(1000).repeat(100, 0), "length 1000 (expected: at most what");
        }
    }

    @Test
    void lengthsWithinOneAnotherDoNotAddUp() {
        int size = 400_000;
        Bytes bytes = Bytes.of(1);
        for (int i = 0; i < 400; i++) {
            bytes.add(ARRAY_LIST).number(size - 2000);
        }
        bytes.repeat(size, 0);
        long before = allocated();
        assertMalformed(bytes, "expected: at most what is left");
        assertThat(allocated() - before).isLessThan(8L << 20);
    }

    @Test
    void depthIsBounded() {
        assertMalformed(Bytes.of(1).repeat(100_000, ARRAY_LIST, 1).add(0), "nested deeper than 500");
        assertMalformed(Bytes.of(1).repeat(100_000, 76).add(0), "nested deeper than 500");
    }

    @Test
    void referencesAreChecked() {
        assertMalformed(Bytes.of(1, Kind.REFERENCE, 0), "reference 0");
        assertMalformed(Bytes.of(1, ARRAY_LIST, 1, Kind.REFERENCE, 1), "reference 1");
        // An immutable list, and a set, in themselves.
        assertMalformed(Bytes.of(1, 91, 1, Kind.REFERENCE, 0), "an object that is complete");
        assertMalformed(Bytes.of(1, HASH_SET, 1, Kind.REFERENCE, 0), "an object that is complete");
        assertMalformed(Bytes.of(1, ARRAY_LIST, 1, HASH_SET, 1, Kind.REFERENCE, 0), "an object that is complete");
        assertThat(this.format.decode(Bytes.of(1, ARRAY_LIST, 1, Kind.REFERENCE, 0).toArray()))
            .isInstanceOf(List.class);
    }

    @Test
    void setsOfSharedSetsAreNotHashedForEver() {
        Bytes bytes = Bytes.of(1, HASH_SET, 1);
        // Lists of the same list twice: twice the work each, but one more byte.
        for (int i = 0; i < 60; i++) {
            bytes.add(ARRAY_LIST, 2);
        }
        bytes.add(ARRAY_LIST, 0);
        for (int i = 60; i > 0; i--) {
            bytes.add(Kind.REFERENCE, i + 1);
        }
        assertMalformed(bytes, "keys that share less");
        assertMalformed(Bytes.of(1).repeat(40, HASH_SET, 1).add(0), "keys in keys");
        Set<Object> deep = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            deep = new HashSet<>(Set.of(deep));
        }
        Set<Object> tooDeep = deep;
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(tooDeep))
            .withMessageContaining("fewer sets in sets");
    }

    /**
     * Lists of the one before twice, each in the one before by way of what is hashed by
     * its identity: hashing the last takes 2 to the power of how many there are.
     */
    private static Bytes openLists(int depth, boolean closed) {
        Bytes bytes = closed ? Bytes.of(1, ARRAY_LIST, 2, ARRAY_LIST, 1) : Bytes.of(1, ARRAY_LIST, 1);
        int id = closed ? 1 : 0;
        for (int i = 1; i < depth; i++) {
            bytes.add(ATOMIC_REFERENCE, ARRAY_LIST, 3, Kind.REFERENCE).number(id).add(Kind.REFERENCE).number(id);
            id += 2;
        }
        if (closed) {
            return bytes.add(0xc0, HASH_SET, 1, Kind.REFERENCE).number(id);
        }
        bytes.add(ATOMIC_REFERENCE, ARRAY_LIST, 2, ATOMIC_REFERENCE, ARRAY_LIST, 2);
        bytes.add(Kind.REFERENCE).number(id).add(Kind.REFERENCE).number(id);
        return bytes.add(HASH_SET, 1, Kind.REFERENCE).number(id + 4);
    }

    @Test
    void listsWithinOneAnotherAreNotHashedForEver() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertMalformed(openLists(100, false), "an object that is complete");
            assertMalformed(openLists(100, true), "keys that share less");
        });
        assertThat(this.format.decode(openLists(10, true).toArray())).isInstanceOf(List.class);
    }

    @Test
    void manyKeysWithOneHashCodeAreRefusedBothWays() {
        Map<Object, Object> few = new HashMap<>();
        IntStream.range(0, 512).forEach((i) -> few.put(new Samples.SameHash(i), i));
        assertThat(this.format.decode(this.format.encode(few))).isEqualTo(few);
        few.put(new Samples.SameHash(512), 512);
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(few))
            .withMessageContaining("hash code");
        Bytes bytes = Bytes.of(1, HASH_SET).number(600);
        for (int i = 0; i < 600; i++) {
            bytes.add(91, 1).text(collision(i));
        }
        assertMalformed(bytes, "hash code");
        Map<String, Integer> texts = new HashMap<>();
        IntStream.range(0, 2000).forEach((i) -> texts.put(collision(i), i));
        assertThat(this.format.decode(this.format.encode(texts))).isEqualTo(texts);
    }

    /** Lists of one hash code, and one by which a set of them differs from others. */
    private static Bytes collidingSet(Bytes bytes, int tag, int lists, int number) {
        bytes.add(tag).number(lists);
        for (int i = 0; i < lists; i++) {
            int first = (i > 0) ? i : 2000 + number;
            bytes.add(ARRAY_LIST, 2).integer(first).integer(-31 * first);
        }
        return bytes;
    }

    @Test
    void tablesOfCollidingTablesAreNotComparedForEver() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int tag : new int[] { HASH_SET, LINKED_HASH_SET, COPY_ON_WRITE_ARRAY_SET }) {
                Bytes bytes = Bytes.of(1, tag).number(200);
                for (int i = 0; i < 200; i++) {
                    collidingSet(bytes, tag, 500, i);
                }
                assertMalformed(bytes, "more to compare");
            }
            Bytes immutable = Bytes.of(1, ARRAY_LIST, 100);
            for (int i = 0; i < 100; i++) {
                immutable.add(SET_OF, 50);
                for (int j = 0; j < 50; j++) {
                    collidingSet(immutable, SET_OF, 100, j);
                }
            }
            assertMalformed(immutable, "more to compare");
        });
        Object few = this.format.decode(collidingSet(Bytes.of(1), HASH_SET, 500, 0).toArray());
        assertThat(this.format.decode(this.format.encode(few))).isEqualTo(few);
    }

    @Test
    void decimalsOfManyDigitsAreNotComparedForEver() {
        BigInteger large = BigInteger.ONE.shiftLeft(50 * 8192).subtract(BigInteger.ONE);
        int scale = 7 - new BigDecimal(large).precision();
        Bytes bytes = Bytes.of(1, 105, 0).number(4001).add(22, 1, 0).number(large.toByteArray().length);
        bytes.add(large.toByteArray());
        for (int i = 0; i < 4000; i++) {
            bytes.add(22, 0).number(-2 * scale - 1).number(2 * (1_000_000 + i));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertMalformed(bytes, "more to compare"));
        Set<BigDecimal> set = new TreeSet<>(Set.of(new BigDecimal(large)));
        IntStream.range(0, 10).forEach((i) -> set.add(BigDecimal.valueOf(9_999_000 + i, scale)));
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(set))
            .withMessageContaining("more to compare");
        Set<BigDecimal> honest = new TreeSet<>();
        IntStream.range(0, 5000).forEach((i) -> honest.add(new BigDecimal(BigInteger.ONE.shiftLeft(300 + i % 50), i)));
        assertThat(this.format.decode(this.format.encode(honest))).isEqualTo(honest);
    }

    @Test
    void recordsThatCopyDoNotLookIntoWhatTheyShare() {
        Samples.Node shared = new Samples.Node("shared");
        for (int i = 0; i < 400; i++) {
            Samples.Node next = new Samples.Node("x".repeat(1000) + i);
            next.next = shared;
            shared = next;
        }
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            records.add(new Samples.Copied(List.of(shared)));
        }
        byte[] bytes = this.format.encode(records);
        List<?> back = (List<?>) this.format.decode(bytes);
        assertThat(((Samples.Copied) back.get(2999)).content().get(0))
            .isSameAs(((Samples.Copied) back.get(0)).content().get(0));
        // A copy of a list within the list is another, so all of it is looked at.
        Bytes hostile = Bytes.of(1, ARRAY_LIST, 2, ARRAY_LIST).number(1_000_000).repeat(1_000_000, 0);
        byte[] one = this.format.encode(new Samples.Copied(List.of()));
        hostile.add(ARRAY_LIST).number(1000).add(Arrays.copyOfRange(one, 1, one.length - 2)).add(ARRAY_LIST, 0);
        for (int i = 1; i < 1000; i++) {
            hostile.add(Kind.OBJECT, 1, Kind.REFERENCE, 1);
        }
        assertMalformed(hostile, "more memory than their bytes");
    }

    @Test
    void emptyCollectionsDoNotTakeManyTimesTheirBytes() {
        for (int tag : new int[] { 85, 83, 84, 103, 109, 110, 111 }) {
            long before = allocated();
            Bytes bytes = Bytes.of(1, ARRAY_LIST).number(1_000_000).repeat(1_000_000, tag, 0);
            byte[] hostile = bytes.toArray();
            long made = allocated() - before;
            assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> this.format.decode(hostile))
                .withMessageContaining("more memory than their bytes");
            assertThat(allocated() - before - made).isLessThan(100L << 20);
        }
        List<Object> many = Stream.generate(() -> (Object) new Properties()).limit(1_000_000).toList();
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(many))
            .withMessageContaining("many collections that are empty");
        List<Object> few = new ArrayList<>(many.subList(0, 50_000));
        assertThat(this.format.decode(this.format.encode(few))).isEqualTo(few);
    }

    @Test
    void whatIsSortedHasTheOrderOfItsBytes() {
        Set<Object> amounts = new LinkedHashSet<>();
        for (int value : new int[] { -2_000_000_000, 0, 2_000_000_000 }) {
            amounts.add(new Samples.Amount(value));
        }
        byte[] bytes = this.format.encode(amounts);
        Bytes sorted = Bytes.of(1, 105, 0).add(Arrays.copyOfRange(bytes, 2, bytes.length));
        assertMalformed(sorted, "whose order contradicts itself");
    }

    /** Texts with one hash code. */
    private static String collision(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    @Test
    void keysAreThereOnce() {
        assertMalformed(Bytes.of(1, HASH_SET, 2, 0xc0, 0xc0), "twice");
        assertMalformed(Bytes.of(1, HASH_MAP, 2, 0xc0, 0, 0xc0, 0), "twice");
        assertMalformed(Bytes.of(1, 105, 0, 2, 0xc0, 0xc0), "twice");
        assertMalformed(Bytes.of(1, 114).number(76).add(2).text("DAYS").text("DAYS"), "twice");
    }

    @Test
    void mapsOfLargeEnumsDoNotTakeMoreThanTheirBytes() {
        String constants = IntStream.range(0, 2000).mapToObj((i) -> "C" + i).collect(Collectors.joining(","));
        CompiledClasses loader = CompiledClasses.of("com.acme.Big", "package com.acme; public enum Big { " + constants
                + "; public static Object make() { return new java.util.EnumMap<>(Big.class); } }");
        ValueFormat large = ValueFormat.of(loader, TrustedClasses.of("com.acme"));
        List<Object> few = new ArrayList<>(List.of(loader.make("com.acme.Big"), loader.make("com.acme.Big")));
        byte[] bytes = large.encode(few);
        assertThat(large.decode(bytes)).isEqualTo(few);
        List<Object> many = Stream.generate(() -> loader.make("com.acme.Big")).limit(1000).toList();
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> large.encode(many))
            .withMessageContaining("of many for large enums");
        // The second map is there a thousand times: its tag, class 1, no entries.
        Bytes bomb = Bytes.of(1, ARRAY_LIST).number(1000).add(Arrays.copyOfRange(bytes, 3, bytes.length - 4));
        bomb.repeat(999, 115, 0, 1, 0);
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> large.decode(bomb.toArray()))
            .withMessageContaining("maps of large enums");
    }

    @Test
    void numbersHaveOneForm() {
        assertMalformed(Bytes.of(1, Kind.INTEGER, 0x80, 0), "longer than it has to be");
        assertMalformed(Bytes.of(1, Kind.INTEGER, 0xff, 0xff, 0xff, 0xff, 0x7f), "more than 32 bits");
        assertMalformed(Bytes.of(1, 14).repeat(10, 0xff), "longer than it has to be");
        assertMalformed(Bytes.of(1, Kind.UTF_8, 2, 0xc3, 0x28), "UTF-8");
        assertMalformed(Bytes.of(1, 39, 2), "0 or 1");
        assertMalformed(Bytes.of(1, 127, 9), "a comparator");
        assertMalformed(Bytes.of(1, 23), "a tag");
    }

    @Test
    void namesOfClassesAreNotLong() {
        String name = "io.memlink.value." + "a.".repeat(200_000) + "B";
        assertThatExceptionOfType(ValueNotReadableException.class)
            .isThrownBy(() -> this.format.decode(Bytes.of(1, Kind.OBJECT).newClass(name).toArray()))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.NOT_TRUSTED));
    }

    @Test
    void anotherTypeThanThatOfTheFieldIsMalformed() {
        byte[] bytes = this.format.encode(new Samples.Lower("a"));
        byte[] other = Arrays.copyOf(bytes, bytes.length - 1);
        other[other.length - 1] = (byte) 0xc0;
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> this.format.decode(other))
            .satisfies((ex) -> assertThat(ex.reason()).isIn(Reason.MALFORMED, Reason.NOT_ACCEPTED));
    }

}
