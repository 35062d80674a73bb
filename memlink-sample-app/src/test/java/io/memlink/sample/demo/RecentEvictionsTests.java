package io.memlink.sample.demo;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server is full while it evicts.
 */
class RecentEvictionsTests {

    private final RecentEvictions evictions = new RecentEvictions();

    @Test
    void thoseBeforeTheFirstQuestionAreNotRecent() {
        assertThat(this.evictions.counted(500)).isZero();
        assertThat(this.evictions.counted(507)).isEqualTo(7);
        assertThat(this.evictions.counted(510)).isEqualTo(10);
    }

    @Test
    void areForgottenWhenTheyAreLongAgo() {
        this.evictions.counted(0);
        for (int i = 0; i < RecentEvictions.QUESTIONS; i++) {
            assertThat(this.evictions.counted(80)).isEqualTo(80);
        }
        assertThat(this.evictions.counted(80)).isZero();
    }

    @Test
    void aServerThatWasStartedAnewHasEvictedNothingOfLate() {
        this.evictions.counted(500);
        this.evictions.counted(600);
        assertThat(this.evictions.counted(0)).isZero();
        assertThat(this.evictions.counted(3)).isEqualTo(3);
    }

}
