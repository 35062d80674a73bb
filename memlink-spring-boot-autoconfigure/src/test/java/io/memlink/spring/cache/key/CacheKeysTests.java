package io.memlink.spring.cache.key;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.memlink.meta.Key;
import org.junit.jupiter.api.Test;
import org.springframework.cache.interceptor.SimpleKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CacheKeysTests {

    private static final CacheKeys keys = new CacheKeys(null);

    private static String text(Object key) {
        return keys.text(key);
    }

    record Pair(String a, String b) {
    }

    @Test
    void differentKeysHaveDifferentTexts() {
        List<Object> keys = List.of(42, 42L, "42", (short) 42, "i42", '4', true, "true", 4.2, 4.2f, TimeUnit.DAYS,
                "DAYS", UUID.fromString("00000000-0000-0001-0000-000000000002"), LocalDate.of(2026, 1, 2),
                new SimpleKey(), new SimpleKey("a", "b,c"), new SimpleKey("a,b", "c"), new SimpleKey("a", null, "c"),
                new SimpleKey("a", "null", "c"), new SimpleKey(1, 2), new SimpleKey(12), List.of("a", "b"),
                List.of("a, b"), List.of(), Set.of("a"), new String[] { "a", "b" }, new int[] { 1, 2 },
                new long[] { 1, 2 }, Optional.of("a"), Optional.empty(), Map.of("a", "b"), Map.of("b", "a"),
                new Pair("1, b=2", "3"), new Pair("1", "2, b=3"), "", "a\ud800", "a?", "wd800", "x".repeat(500),
                "x".repeat(501), " ", "a\r\nb");
        Set<String> texts = new HashSet<>();
        for (Object key : keys) {
            assertThat(texts.add(text(key))).as("%s of %s", key, key.getClass()).isTrue();
        }
    }

    @Test
    void equalKeysHaveOneText() {
        assertThat(text(new SimpleKey("a", 1))).isEqualTo(text(new SimpleKey("a", 1)));
        assertThat(text(new LinkedHashSet<>(Arrays.asList("a", "b"))))
            .isEqualTo(text(new LinkedHashSet<>(Arrays.asList("b", "a"))));
        assertThat(text(new Pair("a", "b"))).isEqualTo(text(new Pair("a", "b")));
    }

    @Test
    void keysThatAreNotEqualShareNothing() {
        assertThat(text(new StringBuilder("a"))).isNotEqualTo(text("a"));
        assertThat(text(new int[] { 1, 2 })).isNotEqualTo(text(new Object[] { 1, 2 }));
        assertThat(text(new long[0])).isNotEqualTo(text(new int[0]));
        assertThat(text(new ArrayDeque<>(List.of("a")))).isNotEqualTo(text(List.of("a")));
        assertThat(text(Locale.forLanguageTag("sr-Latn"))).isNotEqualTo(text(Locale.forLanguageTag("sr-Cyrl")));
        assertThat(text(Locale.forLanguageTag("zh-Hant"))).isNotEqualTo(text(Locale.forLanguageTag("zh")));
    }

    @Test
    void keysThatAreEqualShareAnEntryWhateverTheyAreCalled() throws UnknownHostException {
        InetAddress named = InetAddress.getByAddress("a.example", new byte[] { 10, 0, 0, 1 });
        InetAddress plain = InetAddress.getByAddress(new byte[] { 10, 0, 0, 1 });
        assertThat(text(named)).isEqualTo(text(plain));
        assertThat(text(new ArrayList<>(List.of("a")))).isEqualTo(text(new LinkedList<>(List.of("a"))));
        assertThat(text(new Object[] { 1, 2 })).isEqualTo(text(new Integer[] { 1, 2 }));
    }

    @Test
    void textsAreBounded() {
        assertThat(text("\u20ac".repeat(1000))).hasSizeLessThanOrEqualTo(80);
        assertThat(text("short")).isEqualTo("sshort");
    }

    @Test
    void refusesObjectsThatDoNotSayWhatTheyAre() {
        assertThatIllegalArgumentException().isThrownBy(() -> text(new Object()))
            .withMessageContaining("java.lang.Object")
            .withMessageContaining("toString");
    }

    @Test
    void namesOfEntriesStayApart() {
        String folded = new EntryNames("", "n".repeat(200)).generation().replace(":generation", "");
        List<EntryNames> names = List.of(new EntryNames("", "a:b"), new EntryNames("a", "b"), new EntryNames("", "a/b"),
                new EntryNames("", "a%3Ab"), new EntryNames("", "a%2Fb"), new EntryNames("", "n".repeat(200)),
                new EntryNames("", folded), new EntryNames("", "\ud800"), new EntryNames("", "?"),
                new EntryNames("", "%wd800"), new EntryNames("", "wd800"), new EntryNames("", "a"),
                new EntryNames("a", "generation"), new EntryNames("", ""), new EntryNames("a", ""));
        Set<String> seen = new HashSet<>();
        for (EntryNames cache : names) {
            assertThat(seen.add(cache.generation())).as(cache.generation()).isTrue();
            assertThat(seen.add(cache.entry("g", "k"))).as(cache.entry("g", "k")).isTrue();
        }
    }

    @Test
    void aCacheCalledAsTheGenerationOfAnotherHasItsOwnEntries() {
        assertThat(new EntryNames("", "a").entry("g", "h:skey"))
            .isNotEqualTo(new EntryNames("a", "g").entry("h", "skey"));
    }

    @Test
    void namesFitWhatTheServerAllows() {
        EntryNames longest = new EntryNames(":".repeat(40), "\u20ac".repeat(200));
        String name = longest.entry("z".repeat(13), text("\u20ac".repeat(200)));
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Key.MAX_ENCODED_BYTES);
        assertThat(Key.of(name)).isNotNull();
    }

    record Masked(String user, String token) {

        @Override
        public String token() {
            return "***";
        }

    }

    @Test
    void recordsAreToldApartByWhatTheyHoldRatherThanByWhatTheyShow() {
        CacheKeys keys = new CacheKeys(null);
        assertThat(keys.text(new Masked("a", "one"))).isEqualTo(keys.text(new Masked("a", "one")))
            .isNotEqualTo(keys.text(new Masked("a", "two")));
    }

    static final class Amount extends Number {

        private static final long serialVersionUID = 1;

        @Override
        public int intValue() {
            return 0;
        }

        @Override
        public long longValue() {
            return 0;
        }

        @Override
        public float floatValue() {
            return 0;
        }

        @Override
        public double doubleValue() {
            return 0;
        }

    }

    @Test
    void aNumberWithoutATextOfItsOwnIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CacheKeys(null).text(new Amount()))
            .withMessageContaining("Amount");
    }

}
