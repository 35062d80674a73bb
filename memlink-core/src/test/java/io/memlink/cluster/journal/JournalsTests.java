package io.memlink.cluster.journal;

import java.util.List;
import java.util.stream.Stream;

import io.memlink.meta.Key;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose journals are kept, and for how long.
 */
class JournalsTests {

    private final Journals journals = new Journals(10, null);

    private static Backend backend(String id) {
        return new Backend(id, id, 1);
    }

    private static List<Backend> backends(String... ids) {
        return Stream.of(ids).map(JournalsTests::backend).toList();
    }

    private Journal owing(String id, int keys) {
        Journal journal = this.journals.of(backend(id));
        for (int i = 0; i < keys; i++) {
            journal.add(Key.of(id + i), 0, false);
        }
        return journal;
    }

    @Test
    void aBackendThatLeavesAndReturnsHasItsJournal() {
        Journal a = owing("a", 3);
        this.journals.keep(backends("b"));
        this.journals.keep(backends("b", "a"));
        assertThat(this.journals.of(backend("a"))).isSameAs(a);
        assertThat(a.depth()).isEqualTo(3);
    }

    @Test
    void whatWasToldToItsSuccessorAMachineIsStillOwed() {
        Journal a = owing("a", 3);
        Journal b = this.journals.of(new Backend("a", "b", 1));
        assertThat(b.entries()).extracting(Journal.Entry::key).containsExactlyElementsOf(keys(a));
        b.entries().forEach((entry) -> b.delivered(entry, 0));
        assertThat(b.depth()).isZero();
        assertThat(this.journals.of(backend("a"))).isSameAs(a);
        assertThat(a.depth()).isEqualTo(3);
    }

    @Test
    void aMachineThatReturnsInheritsWhatItsSuccessorIsOwed() {
        Journal a = owing("a", 1);
        Journal b = this.journals.of(new Backend("a", "b", 1));
        b.add(Key.of("later"), 0, true);
        this.journals.of(backend("a"));
        assertThat(a.find(Key.of("later"))).isNotNull().extracting(Journal.Entry::mayArrive).isEqualTo(true);
    }

    @Test
    void aMachineWithAnotherIdentityHasTheSameJournal() {
        assertThat(this.journals.of(new Backend("x", "a", 1, 2))).isSameAs(this.journals.of(backend("a")));
    }

    @Test
    void anOverflowIsInheritedToo() {
        owing("a", 1).lose();
        assertThat(this.journals.of(new Backend("a", "b", 1)).isOverflowed()).isTrue();
    }

    private static List<Key> keys(Journal journal) {
        return journal.entries().stream().map(Journal.Entry::key).toList();
    }

    @Test
    void beyondABoundThoseThatLeftFirstLoseTheirKeysAndSaySo() {
        Journal first = owing("first", 6);
        Journal second = owing("second", 6);
        this.journals.keep(backends("second"));
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
            this.journals.of(backend("id-" + i));
        }
        this.journals.keep(List.of());
        assertThat(this.journals.of(backend("owing"))).isSameAs(owing);
    }

}
