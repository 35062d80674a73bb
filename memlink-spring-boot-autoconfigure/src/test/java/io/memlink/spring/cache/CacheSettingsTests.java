package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

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
