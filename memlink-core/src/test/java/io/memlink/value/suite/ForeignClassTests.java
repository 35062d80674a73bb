package io.memlink.value.suite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import io.memlink.value.ValueNotReadableException;
import io.memlink.value.ValueNotReadableException.Reason;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bytes that name classes which nobody trusts: none of them is looked for, and no code of
 * theirs runs, wherever in a value they are.
 */
class ForeignClassTests {

    @Test
    void classesThatAreNotTrustedAreNeverTouched() throws Exception {
        Map<String, String> outcomes = ForeignClasses.trial(Subject.FORMAT, true);
        assertThat(outcomes).hasSizeGreaterThan(40)
            .allSatisfy((name, outcome) -> assertThat(outcome).as(name).isEqualTo("miss"));
    }

    /**
     * The JDK loads a class before the filter is asked, but does not initialise it. Of an
     * array, superclasses are of no interest to it as long as nothing is in there.
     */
    @Test
    void serializationOfTheJdkInitialisesNone() throws Exception {
        Map<String, String> outcomes = ForeignClasses.trial(Subject.JDK, false);
        assertThat(outcomes.remove("array of a child, empty")).isEqualTo("read");
        assertThat(outcomes).hasSizeGreaterThan(20)
            .allSatisfy((name, outcome) -> assertThat(outcome).as(name).isEqualTo("miss"));
    }

    /**
     * Names that are put in the place of one that is trusted, in otherwise valid bytes.
     */
    @TestFactory
    List<DynamicTest> namesThatAreNoneAreNeverLookedFor() throws Exception {
        List<String> names = List.of("evil.Gadget", "evil.Gadget$R", "evil/Gadget", "[Levil.Gadget;", "[[Levil.Gadget;",
                "[I", "[B", "I", "int", "Levil.Gadget;", "java.lang.Thread", "java.lang.Runtime", "java.util.ArrayList",
                "java.lang.ProcessBuilder", "javax.swing.JFrame", "javax.script.ScriptEngineManager", "sun.misc.Unsafe",
                "jdk.internal.misc.Unsafe", "com.sun.rowset.JdbcRowSetImpl", "fine.Makes\0", "fine.Makes ",
                " fine.Makes", "fine.", "fine..X", "fine./X", "fine.[X", "fine.X;", "fine/X", "", ".", "..", "$",
                "fine.evil/../X", "fine.\u0000X", "fine.X\uFFFF", "evil.fine.X", "finer.X", "Fine.X",
                "fine.Makes$$Lambda$1/0x0", "fine.Makes$$Lambda/0x00007f1ee01a6480", "java.fine.X", "fine.X[]",
                "fine.X<evil.Gadget>", "fine.X,evil.Gadget", "fine.Makes$");
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : names) {
            tests.add(DynamicTest.dynamicTest("\"" + name + "\"", () -> {
                Set<String> asked = new TreeSet<>();
                ValueFormat format = ValueFormat.of(ForeignClasses.noting(asked), TrustedClasses.of("fine"));
                Notes.take();
                for (byte[] bytes : withName(name)) {
                    assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> format.decode(bytes))
                        .satisfies((ex) -> assertThat(ex.reason()).isIn(Reason.NOT_TRUSTED, Reason.MALFORMED,
                                Reason.UNKNOWN_CLASS));
                }
                assertThat(Notes.take()).isEmpty();
                assertThat(asked).noneMatch((each) -> !each.startsWith("fine."));
            }));
        }
        return tests;
    }

    /**
     * An object, a constant, an only object, a converted one, arrays and an empty set,
     * each of a class of that name.
     */
    private static List<byte[]> withName(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] type = new byte[1 + 8 + 1 + text.length + 1];
        type[9] = (byte) text.length;
        System.arraycopy(text, 0, type, 10, text.length);
        List<byte[]> all = new ArrayList<>();
        all.add(join(new byte[] { 1, 2 }, type));
        all.add(join(new byte[] { 1, 3 }, type, new byte[] { (byte) 0x81, 'A' }));
        all.add(join(new byte[] { 1, 4 }, type));
        all.add(join(new byte[] { 1, 5, 1, 0 }, type, new byte[] { 0 }));
        all.add(join(new byte[] { 1, 5, 2, 0 }, type, new byte[] { 0 }));
        all.add(join(new byte[] { 1, 6 }, type, new byte[] { 0 }));
        all.add(join(new byte[] { 1, 114, 0 }, type, new byte[] { 0 }));
        all.add(join(new byte[] { 1, 115, 0 }, type, new byte[] { 0 }));
        all.add(join(new byte[] { 1, 105, 5, 2 }, type, new byte[] { 0 }));
        return all;
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = {};
        for (byte[] part : parts) {
            int length = all.length;
            all = Arrays.copyOf(all, length + part.length);
            System.arraycopy(part, 0, all, length, part.length);
        }
        return all;
    }

}
