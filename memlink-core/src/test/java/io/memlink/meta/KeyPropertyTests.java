package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.memlink.link.LinkTesting;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all keys.
 */
class KeyPropertyTests {

    @Example
    void eachCharacterOfTheBasicPlaneHasAKeyOfItsOwn() {
        Map<String, Integer> keys = new HashMap<>();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            if (Character.isSurrogate((char) c)) {
                continue;
            }
            Key key = Key.of(String.valueOf((char) c));
            assertThat(keys.put(wire(key), c)).isNull();
        }
        assertThat(keys).hasSize(0x10000 - 0x800);
    }

    @Property(tries = 20_000)
    void differentTextsHaveDifferentKeys(@ForAll("texts") String one, @ForAll("texts") String other) {
        assertThat(wire(Key.of(one)).equals(wire(Key.of(other)))).isEqualTo(one.equals(other));
        assertThat(Key.of(one).equals(Key.of(other))).isEqualTo(one.equals(other));
    }

    @Property(tries = 20_000, shrinking = ShrinkingMode.BOUNDED)
    void aKeyOfAnyBytesIsOneWordOnTheWire(@ForAll @Size(min = 1, max = 186) byte[] bytes) {
        Key key = Key.of(bytes);
        assertThat(key.routingBytes()).isEqualTo(bytes);
        for (byte b : key.wire()) {
            assertThat(b & 0xff).isGreaterThan(' ').isNotEqualTo(0x7f);
        }
        assertThat(key.wire()).hasSizeBetween(1, 250);
    }

    @Property(tries = 20_000)
    void noRequestHasMoreThanOneLineEndInItsLine(@ForAll("texts") String text, @ForAll @Size(max = 64) byte[] payload) {
        Key key = Key.of(text);
        assertOneLine(MetaGet.builder(key).value().build());
        assertOneLine(MetaDelete.builder(key).markStale().build());
        assertOneLine(MetaArithmetic.builder(key).value().build());
        assertOneLine(MetaDebug.of(key));
        String set = text(MetaSet.builder(key, payload).build());
        int lineEnd = set.indexOf("\r\n");
        assertThat(set.substring(lineEnd + 2)).isEqualTo(new String(payload, StandardCharsets.ISO_8859_1) + "\r\n");
        assertThat(set.substring(0, lineEnd)).matches("[!-~\\x80-\\xff ]+");
    }

    private static void assertOneLine(MetaRequest<?> request) {
        assertThat(text(request)).matches("[!-~\\x80-\\xff ]+\r\n");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Character> characters = Arbitraries.oneOf(Arbitraries.chars().range(' ', '~'),
                Arbitraries.chars().range('\u0000', '\u00ff'), Arbitraries.of('\r', '\n', ' ', '\u0000', ':'),
                Arbitraries.chars().all().filter((c) -> !Character.isSurrogate(c)));
        return characters.list().ofMinSize(1).ofMaxSize(60).map((list) -> {
            StringBuilder text = new StringBuilder();
            list.forEach(text::append);
            return text.toString();
        });
    }

    private static String wire(Key key) {
        return new String(key.wire(), StandardCharsets.ISO_8859_1) + (key.isEncoded() ? " b" : "");
    }

    private static String text(MetaRequest<?> request) {
        return new String(LinkTesting.encode(request, null), StandardCharsets.ISO_8859_1);
    }

}
