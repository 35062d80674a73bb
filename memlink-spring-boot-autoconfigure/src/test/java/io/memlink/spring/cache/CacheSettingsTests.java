package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.spring.JsonTranscoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.convert.support.DefaultConversionService;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests of what can be changed about a cache that is used. */
class CacheSettingsTests {

    private final CacheSettings settings = new CacheSettings(
            MemlinkCacheConfiguration.builder().timeToLive(Duration.ofMinutes(1)).keyPrefix("a:").build());

    private void refuses(UnaryOperator<MemlinkCacheConfigurationBuilder> change, String message) {
        MemlinkCacheConfiguration before = this.settings.configuration();
        assertThatIllegalArgumentException().isThrownBy(() -> this.settings.change(change))
            .withMessageStartingWith(message);
        assertThat(this.settings.configuration()).isSameAs(before);
    }

    @Test
    void oneSettingIsChangedAndTheOthersStay() {
        this.settings.change((cache) -> cache.timeToLive(Duration.ofMinutes(2)));
        assertThat(this.settings.configuration().timeToLive()).isEqualTo(Duration.ofMinutes(2));
        assertThat(this.settings.configuration().keyPrefix()).isEqualTo("a:");
        assertThat(this.settings.lifetimes().of("key", "value").timeToLive()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void nothingIsChangedWhereASettingMakesNoSense() {
        refuses((cache) -> cache.staleFor(Duration.ofMinutes(1)).timeToLive(Duration.ZERO), "timeToLive: PT0S");
        refuses((cache) -> cache.softEvict(true), "softEvict: without staleFor");
        refuses((cache) -> cache.recacheBefore(Duration.ofMinutes(1)), "recacheBefore: PT1M with timeToLive PT1M");
        refuses((cache) -> cache.leaseTimeToLive(Duration.ofHours(2)), "leaseTimeToLive: PT2H");
        refuses((cache) -> cache.leaseMaxWait(Duration.ofHours(2)), "leaseMaxWait: PT2H");
    }

    @Test
    void aTimeIsRefusedThatIsTooLongToBeToldToAServer() {
        Duration tooLong = Duration.ofDays(36_501);
        refuses((cache) -> cache.timeToLive(tooLong), "timeToLive: PT876024H (expected: at most 36500 days)");
        refuses((cache) -> cache.timeToIdle(tooLong), "timeToIdle: PT876024H (expected: at most 36500 days)");
        refuses((cache) -> cache.nullTimeToLive(tooLong), "nullTimeToLive: PT876024H (expected: at most 36500 days)");
        Duration margin = Duration.ofDays(3650).plusNanos(1);
        refuses((cache) -> cache.staleFor(margin), "staleFor: PT87600H0.000000001S (expected: at most 3650 days)");
        refuses((cache) -> cache.recacheBefore(margin), "recacheBefore: ");
        refuses((cache) -> cache.clearLag(margin), "clearLag: ");
        refuses((cache) -> cache.near(new NearCacheConfiguration(margin, 1, null, false)), "near.timeToLive: ");
    }

    @Test
    void theLongestTimesCanBeUsedTogether() {
        this.settings.change((cache) -> cache.timeToLive(Duration.ofDays(36_500))
            .jitter(0.5)
            .staleFor(Duration.ofDays(3650))
            .recacheBefore(Duration.ofDays(3650)));
        EntryLifetimes lifetimes = this.settings.lifetimes();
        assertThat(lifetimes.of("key", "value").wireSeconds()).isEqualTo(Integer.MAX_VALUE);
        MetaGet.builder(Key.of("key")).recacheBelow(lifetimes.recacheBelow()).build();
        assertThat(new LoadPolicies(this.settings).load("key").policy()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "keyPrefix", "conversionService", "transcoder", "cacheNullValues", "near", "statistics",
            "clearLag" })
    void whatEntriesWereMadeWithStays(String name) {
        refuses((cache) -> switch (name) {
            case "keyPrefix" -> cache.keyPrefix("b:");
            case "conversionService" -> cache.conversionService(new DefaultConversionService());
            case "transcoder" -> cache.transcoder(new JsonTranscoder(JsonMapper.shared(), List.of()));
            case "cacheNullValues" -> cache.cacheNullValues(false);
            case "near" -> cache.near(NearCacheConfiguration.defaults());
            case "statistics" -> cache.statistics(false);
            default -> cache.clearLag(Duration.ZERO);
        }, name + ": ");
    }

}
