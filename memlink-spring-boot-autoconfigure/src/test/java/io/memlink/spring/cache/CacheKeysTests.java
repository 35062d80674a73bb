package io.memlink.spring.cache;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.cache.interceptor.SimpleKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CacheKeysTests {

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
            assertThat(texts.add(CacheKeys.text(key))).as("%s of %s", key, key.getClass()).isTrue();
        }
    }

    @Test
    void equalKeysHaveOneText() {
        assertThat(CacheKeys.text(new SimpleKey("a", 1))).isEqualTo(CacheKeys.text(new SimpleKey("a", 1)));
        assertThat(CacheKeys.text(new LinkedHashSet<>(Arrays.asList("a", "b"))))
            .isEqualTo(CacheKeys.text(new LinkedHashSet<>(Arrays.asList("b", "a"))));
        assertThat(CacheKeys.text(new Pair("a", "b"))).isEqualTo(CacheKeys.text(new Pair("a", "b")));
    }

    @Test
    void textsAreBounded() {
        assertThat(CacheKeys.text("\u20ac".repeat(1000))).hasSizeLessThanOrEqualTo(80);
        assertThat(CacheKeys.text("short")).isEqualTo("sshort");
    }

    @Test
    void refusesObjectsThatDoNotSayWhatTheyAre() {
        assertThatIllegalArgumentException().isThrownBy(() -> CacheKeys.text(new Object()))
            .withMessageContaining("java.lang.Object")
            .withMessageContaining("toString");
    }

    @Test
    void namesOfEntriesStayApart() {
        assertThat(EntryNames.prefix("", "a:b")).isNotEqualTo(EntryNames.prefix("a", "b"));
        assertThat(EntryNames.prefix("", "a%3Ab")).isNotEqualTo(EntryNames.prefix("", "a:b"));
        assertThat(EntryNames.prefix("p".repeat(40), "n".repeat(200))).hasSizeLessThanOrEqualTo(40 + 1 + 46);
    }

}
