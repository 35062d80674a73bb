package io.memlink.value;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.GregorianCalendar;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.TimeZone;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * State that objects of the JDK have and do not show, or that changes meanwhile.
 */
class OwnStateTests {

    private final ValueFormat format = ValueFormat.of(OwnStateTests.class.getClassLoader(),
            TrustedClasses.of("io.memlink.value"));

    @ParameterizedTest
    @ValueSource(strings = { "a(?i)b", "x(?x) ", "#(?x)", "é(?u)", "(?i)a(?-i)b", "a(?-x) b", "(a|b)(?s)." })
    void refusesPatternsWhoseFlagsAreSwitchedWithin(String text) {
        refused(Pattern.compile(text), "with a flag that is switched within it");
        refused(Pattern.compile(text, Pattern.MULTILINE), "with a flag that is switched within it");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "a?b", "(?i)ab", "(?i-s)ab", "(?:a)(?i:b)(?<n>c)(?=d)", "(a(?i)b)c", "a +?b" })
    void keepsPatternsWhoseFlagsAreKnown(String text) {
        for (int flags : new int[] { 0, Pattern.CASE_INSENSITIVE, Pattern.COMMENTS | Pattern.DOTALL,
                Pattern.LITERAL }) {
            Pattern pattern = Pattern.compile(text, flags);
            Pattern copy = (Pattern) this.format.decode(this.format.encode(pattern));
            assertThat(copy.pattern()).isEqualTo(text);
            assertThat(copy.flags()).isEqualTo(pattern.flags());
            for (String input : List.of("a", "ab", "aB", "AB", "abc", "aBc", "abcd", "aBcd", text)) {
                assertThat(copy.matcher(input).find()).as(input).isEqualTo(pattern.matcher(input).find());
            }
        }
    }

    @Test
    void encodingACalendarDoesNotComputeIt() {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        calendar.clear();
        refused(calendar, "of which not all fields are computed");
        assertThat(calendar.isSet(GregorianCalendar.YEAR)).isFalse();
        calendar.setTimeInMillis(1_706_572_800_000L);
        calendar.set(GregorianCalendar.MONTH, GregorianCalendar.FEBRUARY);
        byte[] bytes = this.format.encode(calendar);
        calendar.set(GregorianCalendar.DAY_OF_MONTH, 3);
        assertThat(calendar.get(GregorianCalendar.MONTH)).isEqualTo(GregorianCalendar.FEBRUARY);
        assertThat(this.format.decode(bytes)).isInstanceOf(GregorianCalendar.class);
    }

    @Test
    void tablesAreTakenAsTheirLockHoldsThem() throws Exception {
        Hashtable<Object, Object> table = new Hashtable<>(Map.of("a", 1));
        assertThat(lockHolds(table)).isTrue();
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        assertThat(lockHolds(properties)).isTrue();
    }

    /** Whether encoding waits for who has the lock, and then sees what was done. */
    private boolean lockHolds(Hashtable<Object, Object> table) throws Exception {
        byte[][] bytes = new byte[1][];
        Thread encoder = new Thread(() -> bytes[0] = this.format.encode(table));
        synchronized (table) {
            table.put("b", "c");
            encoder.start();
            while (encoder.getState() != Thread.State.BLOCKED && encoder.isAlive()) {
                Thread.onSpinWait();
            }
            table.remove("b");
        }
        encoder.join();
        return bytes[0] != null && table.equals(this.format.decode(bytes[0]));
    }

    @Test
    void refusesAQueueWhoseElementsWereChanged() {
        PriorityQueue<int[]> queue = new PriorityQueue<>(Ordering.BY_FIRST);
        int[] first = { 1 };
        queue.addAll(List.of(first, new int[] { 2 }, new int[] { 3 }));
        assertThat(this.format.encode(queue)).isNotEmpty();
        first[0] = 9;
        refused(queue, "with an element that is not where it belongs");
    }

    @Test
    void refusesHostsWithASlash() throws Exception {
        refused(InetAddress.getByAddress("a/b", new byte[] { 1, 2, 3, 4 }), "whose host has a slash in its name");
        InetAddress address = InetAddress.getByAddress("host", new byte[] { 1, 2, 3, 4 });
        assertThat(this.format.decode(this.format.encode(address))).hasToString("host/1.2.3.4");
    }

    private void refused(Object value, String reason) {
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(value))
            .withMessageContaining(reason);
    }

    enum Ordering implements Comparator<int[]> {

        BY_FIRST;

        @Override
        public int compare(int[] one, int[] other) {
            return Integer.compare(one[0], other[0]);
        }

    }

}
