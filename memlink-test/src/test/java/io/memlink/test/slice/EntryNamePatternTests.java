package io.memlink.test.slice;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The names of entries, as docs/key-layout.md has them.
 */
class EntryNamePatternTests {

    @Test
    void matchesTheEntryAndNoOther() {
        assertThat(matches("books", 1, "books:2g:i1")).isTrue();
        assertThat(matches("books", 1, "app/books:2g:i1")).isTrue();
        assertThat(matches("books", 1, "books:2g:i-1")).isFalse();
        assertThat(matches("books", 1, "books:2g:l1")).isFalse();
        assertThat(matches("books", "42", "books:2g:s42")).isTrue();
        assertThat(matches("books", "42", "books:2g:sorder-42")).isFalse();
        assertThat(matches("books", "x", "books:2g:smy x")).isFalse();
        assertThat(matches("books", "x", "oldbooks:2g:sx")).isFalse();
        assertThat(matches("books", "x", "books2:2g:sx")).isFalse();
        assertThat(matches("books", "x", "books:2g:s1:sx")).isFalse();
    }

    @Test
    void knowsTheTypesOfKeys() {
        UUID id = UUID.fromString("00000000-0000-0001-0000-000000000002");
        assertThat(matches("books", 1L, "books:2g:l1")).isTrue();
        assertThat(matches("books", id, "books:2g:vjava.util.UUID:s" + id)).isTrue();
        assertThat(matches("books", 1.5, "books:2g:vjava.lang.Double:s1.5")).isTrue();
        assertThat(matches("books", Thread.State.NEW, "books:2g:vjava.lang.Thread$State:sNEW")).isTrue();
        assertThat(matches("books", "a\nb", "books:2g:sa\nb")).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> matches("books", new Object(), ""))
            .withMessage("key: java.lang.Object (expected: a text, a number, a UUID or a constant of an enum)");
    }

    @Test
    void knowsWhatIsEscapedOrReplacedByItsHash() {
        assertThat(matches("a:b/c", "x", "a%3Ab%2Fc:2g:sx")).isTrue();
        // printf s%300s | tr ' ' x | sha256sum, in base64 for addresses
        assertThat(matches("books", "x".repeat(300), "books:2g:#mjFHe-u2Xo_HTz6GK0RMxvs0f6N6E0LoK5t3auBBgYM")).isTrue();
        assertThat(matches("n".repeat(200), "x", "#G-Y8wL3mvUXcuyBblqfmmRWTSP0bE2DhPCfhJ3VhisQ:2g:sx")).isTrue();
    }

    private static boolean matches(String cache, Object key, String item) {
        return new EntryNamePattern(cache, key).matches(item);
    }

}
