package io.memlink.cluster.journal;

import java.util.List;

import io.memlink.meta.Key;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose journals are kept, and for how long.
 */
class JournalsTests {

    private final Journals journals = new Journals(10);

    private Journal owing(String id, int keys) {
        Journal journal = this.journals.of(id);
        for (int i = 0; i < keys; i++) {
            journal.add(Key.of(id + i), 0, false);
        }
        return journal;
    }

    @Test
    void aBackendThatLeavesAndReturnsHasItsJournal() {
        Journal a = owing("a", 3);
        this.journals.keep(List.of("b"));
        this.journals.keep(List.of("b", "a"));
        assertThat(this.journals.of("a")).isSameAs(a);
        assertThat(a.depth()).isEqualTo(3);
    }

    @Test
    void beyondABoundThoseThatLeftFirstLoseTheirKeysAndSaySo() {
        Journal first = owing("first", 6);
        Journal second = owing("second", 6);
        this.journals.keep(List.of("second"));
        this.journals.keep(List.of());
        assertThat(first.depth()).isZero();
        assertThat(first.isOverflowed()).isTrue();
        assertThat(first.lost()).isEqualTo(6);
        assertThat(second.depth()).isEqualTo(6);
    }

    @Test
    void identitiesThatOweNothingAreForgottenFirst() {
        Journal owing = owing("owing", 1);
        for (int i = 0; i < 2000; i++) {
            this.journals.of("id-" + i);
        }
        this.journals.keep(List.of());
        assertThat(this.journals.of("owing")).isSameAs(owing);
    }

}
