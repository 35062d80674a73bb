package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.memlink.link.LinkTesting;
import io.memlink.test.cases.Draw;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all keys.
 */
class KeyPropertyTests {

    @Test
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

    @Test
    void differentTextsHaveDifferentKeys() {
        Draw.cases(20_000, (draw) -> {
            String one = text(draw);
            String other = draw.chance(0.2) ? one + draw.of("", " ", "\u0000") : text(draw);
            assertThat(wire(Key.of(one)).equals(wire(Key.of(other)))).isEqualTo(one.equals(other));
            assertThat(Key.of(one).equals(Key.of(other))).isEqualTo(one.equals(other));
        });
    }

    @Test
    void aKeyOfAnyBytesIsOneWordOnTheWire() {
        Draw.cases(20_000, (draw) -> {
            byte[] bytes = draw.bytes(1, 186);
            Key key = Key.of(bytes);
            assertThat(key.routingBytes()).isEqualTo(bytes);
            for (byte b : key.wire()) {
                assertThat(b & 0xff).isGreaterThan(' ').isNotEqualTo(0x7f);
            }
            assertThat(key.wire()).hasSizeBetween(1, 250);
        });
    }

    @Test
    void noRequestHasMoreThanOneLineEndInItsLine() {
        Draw.cases(20_000, (draw) -> {
            String text = text(draw);
            byte[] payload = draw.bytes(0, 64);
            Key key = Key.of(text);
            assertOneLine(MetaGet.builder(key).value().build());
            assertOneLine(MetaDelete.builder(key).markStale().build());
            assertOneLine(MetaArithmetic.builder(key).value().build());
            assertOneLine(MetaDebug.of(key));
            String set = text(MetaSet.builder(key, payload).build());
            int lineEnd = set.indexOf("\r\n");
            assertThat(set.substring(lineEnd + 2)).isEqualTo(new String(payload, StandardCharsets.ISO_8859_1) + "\r\n");
            assertThat(set.substring(0, lineEnd)).matches("[!-~\\x80-\\xff ]+");
        });
    }

    private static void assertOneLine(MetaRequest<?> request) {
        assertThat(text(request)).matches("[!-~\\x80-\\xff ]+\r\n");
    }

    private static String text(Draw draw) {
        return String.join("", draw.list(1, 60, () -> Character.toString(character(draw))));
    }

    private static int character(Draw draw) {
        return draw.oneOf(() -> draw.between(' ', '~'), () -> draw.between(0, 0xff),
                () -> (int) draw.of('\r', '\n', ' ', '\u0000', ':'), () -> Math.min(draw.codePoint(), 0xffff));
    }

    private static String wire(Key key) {
        return new String(key.wire(), StandardCharsets.ISO_8859_1) + (key.isEncoded() ? " b" : "");
    }

    private static String text(MetaRequest<?> request) {
        return new String(LinkTesting.encode(request, null), StandardCharsets.ISO_8859_1);
    }

}
