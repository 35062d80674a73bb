package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

import io.memlink.link.LinkTesting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * How the expirations of requests are shortened.
 */
class ExpirationLimitTests {

    private static final Key KEY = Key.of("key");

    private static final Duration TEN = Duration.ofSeconds(10);

    private static final byte[] DATA = { 'x' };

    private static final ExpirationLimit LIMIT = new ExpirationLimit(10, 1_800_000_000L);

    private static String flags(String flags, UnaryOperator<byte[]> limited) {
        return new String(limited.apply(flags.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({ "T0, T10", "T1, T1", "T10, T10", "T11, T10", "T2592000, T10", "T-1, T-1", "T1800000005, T1800000005",
            "T1800000011, T10", "T1700000000, T1700000000", "N60, N10" })
    void keepsWhatExpiresSooner(String given, String shortened) {
        String expected = " C7 " + shortened + " c Pno-T99-here";
        assertThat(flags(" C7 " + given + " c Pno-T99-here", LIMIT::ofChange)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "T0, ''", "T1, ''", "T11, ''", "T1800000011, ''", "T-1, ' T-1'", "N60, ' N10'" })
    void leavesAnItemTheTimeThatItHas(String given, String left) {
        assertThat(flags(" C7 " + given + " c", LIMIT::ofOthers)).isEqualTo(" C7" + left + " c");
    }

    @Test
    void whatNeverExpiresByDefaultDoes() {
        assertThat(flags("", LIMIT::ofStore)).isEqualTo(" T10");
        assertThat(flags(" F3 c", LIMIT::ofStore)).isEqualTo(" F3 c T10");
        assertThat(flags(" v f", LIMIT::ofOthers)).isEqualTo(" v f");
    }

    private static String line(MetaRequest<?> request) {
        String text = new String(LinkTesting.encode(request, null), StandardCharsets.US_ASCII);
        return text.substring(0, text.indexOf(" O"));
    }

    @Test
    void eachCommandKeepsWhatItIs() {
        assertThat(line(MetaSet.builder(KEY, DATA).mode(MetaSet.Mode.ADD).build().expiringWithin(TEN)))
            .isEqualTo("ms key 1 ME T10");
        assertThat(line(MetaGet.builder(KEY).value().touch(Expiration.never()).build().expiringWithin(TEN)))
            .isEqualTo("mg key v");
        assertThat(line(MetaGet.builder(KEY).value().clientFlags().build().expiringWithin(TEN)))
            .isEqualTo("mg key v f");
        assertThat(line(MetaDelete.builder(KEY).build().expiringWithin(TEN))).isEqualTo("md key");
        assertThat(line(MetaDelete.builder(KEY)
            .markStale()
            .expiration(Expiration.after(Duration.ofMinutes(1)))
            .build()
            .expiringWithin(TEN))).isEqualTo("md key I");
        assertThat(line(MetaArithmetic.builder(KEY)
            .initial(5, Expiration.after(Duration.ofMinutes(1)))
            .build()
            .expiringWithin(TEN))).isEqualTo("ma key N10 J5 D1");
    }

    @Test
    void refusesALimitThatIsNone() {
        MetaRequest<?> request = MetaDelete.builder(KEY).build();
        assertThatThrownBy(() -> request.expiringWithin(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("limit: PT0S");
    }

}
