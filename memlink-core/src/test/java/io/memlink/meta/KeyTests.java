package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyTests {

    @Test
    void printableTextTravelsAsItIs() {
        for (String text : new String[] { "a", "user:7", "käse", "a?b", "??", "\u65e5\u672c", "x".repeat(250), "\u00a0",
                "\ud83e\udd80" }) {
            Key key = Key.of(text);
            assertThat(key.isEncoded()).isFalse();
            assertThat(key.wire()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            assertThat(key.routingBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void textWithOtherBytesTravelsAsBase64() {
        for (String text : new String[] { "a b", "a\r\nflush_all", "\u0000", "\u007f", "\t", " ", "x y".repeat(62) }) {
            Key key = Key.of(text);
            assertThat(key.isEncoded()).isTrue();
            assertThat(Base64.getDecoder().decode(key.wire())).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            assertThat(key.wire()).hasSizeLessThanOrEqualTo(250);
        }
    }

    @Test
    void refusesWhatTheServerCouldNotHold() {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("")).withMessageContaining("1 to 250 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("x".repeat(251)))
            .withMessageContaining("at most 250 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("ä".repeat(126)));
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of(" ".repeat(187)));
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("lone \ud800 surrogate"))
            .withMessage("key: \"lone \\ud800 surrogate\" (expected: no lone surrogate)");
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("\udc00"));
    }

    @Test
    void isItsBytes() {
        assertThat(Key.of("a")).isEqualTo(Key.of(new byte[] { 'a' })).hasSameHashCodeAs(Key.of(new byte[] { 'a' }));
        assertThat(Key.of("a")).isNotEqualTo(Key.of("b"));
        byte[] bytes = { 'a' };
        Key key = Key.of(bytes);
        bytes[0] = 'b';
        assertThat(key).isEqualTo(Key.of("a"));
    }

    @Test
    void foldsOnlyWhatIsTooLong() {
        assertThat(Key.folded("short")).isEqualTo(Key.of("short"));
        Key folded = Key.folded("x".repeat(251));
        assertThat(new String(folded.wire(), StandardCharsets.US_ASCII)).matches("sha256:[A-Za-z0-9_-]{43}");
        assertThat(folded).isEqualTo(Key.folded("x".repeat(251))).isNotEqualTo(Key.folded("x".repeat(252)));
    }

    @Test
    void aFoldedKeyCannotBeForged() {
        String folded = new String(Key.folded("x".repeat(251)).routingBytes(), StandardCharsets.US_ASCII);
        assertThat(Key.folded(folded)).isNotEqualTo(Key.folded("x".repeat(251)));
    }

    @Test
    void isSafeToLog() {
        assertThat(Key.of("a\r\n\u001b[31m").toString()).isEqualTo("\"a\\u000d\\u000a\\u001b[31m\"");
        assertThat(Key.of("x".repeat(100)).toString()).isEqualTo("\"" + "x".repeat(40) + "...\"");
    }

}
