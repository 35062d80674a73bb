package io.memlink.embedded;

import java.io.IOException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers that no client would send, read as memcached 1.6.18 and 1.6.45 were seen to
 * read them. In the texts a bar is the end of a line.
 */
class NumberTextTests {

    private static final String LEAST = "-9223372036854775808";

    private static final String SETUP = "set k 5 0 2|10|";

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            set k 0 LEAST 2|77|get k|          ; STORED|VALUE k 0 2|77|END|
            set k 0 0 LEAST|77|                ; CLIENT_ERROR bad data chunk|ERROR|
            set k 0 0 -1 noreply|77|           ; ERROR|
            set k 0 0 1x noreply|77|           ; ERROR|
            set k  0 2 noreply|77|             ; ERROR|
            touch k LEAST|                     ; TOUCHED|
            gat LEAST k|                       ; VALUE k 5 2|10|END|
            mg k TLEAST s|                     ; HD s2|
            flush_all LEAST|get k|             ; OK|END|
            flush_all 2592001|get k|           ; OK|VALUE k 5 2|10|END|
            flush_all 946684800|get k|         ; OK|VALUE k 5 2|10|END|
            verbosity +1|                      ; OK|
            verbosity - 1 noreply|             ; ERROR|
            cache_memlimit 4294967297|         ; MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m|
            lru temp_ttl +5|                   ; OK|
            lru tune 4294967295 20 0x10 inf|   ; OK|
            lru tune 1 20 1e999 1|             ; ERROR|
            lru_crawler sleep -0|              ; OK|
            lru_crawler crawl +1|              ; OK|
            slabs automove +1|                 ; OK|
            slabs reassign -1 5|               ; BADCLASS invalid src or dst class id|
            slabs reassign +5 5|               ; SAME src and dst class are identical|
            slabs automove ratio nan|          ; OK|
            stats cachedump +9 -0|             ; END|
            md k C-1|                          ; CLIENT_ERROR invalid or duplicate flag|
            md k Fx|                           ; CLIENT_ERROR invalid or duplicate flag|
            md k M11|                          ; CLIENT_ERROR invalid or duplicate flag|
            mg k v M11|                        ; CLIENT_ERROR incorrect length for M token|
            ms k 2 M11|77|                     ; CLIENT_ERROR incorrect length for M token|
            ma k M11|                          ; CLIENT_ERROR invalid or duplicate flag|
            """)
    void areReadLeniently(String requests, String replies) throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().claimVersion("1.6.18").start()) {
            assertReplies(server, requests, replies);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            set k 0 LEAST 2|77|get k|          ; STORED|VALUE k 0 2|77|END|
            set k 1^ 2^x 2|77|get k|           ; STORED|VALUE k 1 2|77|END|
            set k ~ 1 0|77|                    ; CLIENT_ERROR bad data chunk|CLIENT_ERROR bad command line format|
            set k 0 0 -|77|                    ; CLIENT_ERROR bad data chunk|CLIENT_ERROR bad command line format|
            touch k -|                         ; TOUCHED|
            gat - k|                           ; VALUE k 5 2|10|END|
            mg k T- s|                         ; HD s2|
            mg k T+1 s|                        ; CLIENT_ERROR bad token in command line format|
            ma k M^ v|                         ; VA 2|11|
            flush_all -|get k|                 ; OK|END|
            flush_all 2592001|get k|           ; OK|VALUE k 5 2|10|END|
            lru temp_ttl -|                    ; OK|
            lru tune 4294967295 20 0x10 inf|   ; OK|
            lru tune 10 20 0.1~x 1|            ; OK|
            lru tune 10 20 ^1 1|               ; ERROR|
            lru tune 1 2 00000000000000000000000000000001 1| ; ERROR|
            lru_crawler crawl +1|              ; OK|
            verbosity +1|                      ; CLIENT_ERROR bad command line format|
            slabs reassign -1 5|               ; BADCLASS invalid src or dst class id|
            """)
    void areReadStrictly(String requests, String replies) throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
            assertReplies(server, requests, replies);
        }
    }

    private static void assertReplies(EmbeddedMemcached server, String requests, String replies) throws IOException {
        try (TestClient client = new TestClient(server.address())) {
            client.exchange(lines(SETUP));
            assertThat(client.exchange(lines(requests))).isEqualTo(lines(replies));
        }
    }

    private static String lines(String text) {
        return text.replace("LEAST", LEAST).replace("|", "\r\n").replace('^', '\0').replace('~', '\t');
    }

}
