package io.memlink.loading;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lifetimes of loaded values.
 */
class LoadPolicyTests {

    @Test
    void aValueOutlivesItsTimeToLiveByTheTimeItMayBeStale() {
        LoadPolicy policy = LoadPolicy.builder()
            .timeToLive(Duration.ofMinutes(10))
            .staleFor(Duration.ofMinutes(1))
            .build();
        assertThat(policy.expiration().timeToLive()).isEqualTo(Duration.ofMinutes(11));
    }

    /** Values that never expire in practice go on doing so when they may be stale. */
    @Test
    void theLongestTimeToLiveIsNotExceeded() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        LoadPolicy policy = LoadPolicy.builder().timeToLive(longest).staleFor(Duration.ofDays(1)).build();
        assertThat(policy.expiration().timeToLive()).isEqualTo(longest);
    }

}
