package io.memlink.spring.cache.generation;

import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes that were made in a generation which is over are made again, and others are
 * forgotten.
 */
class UnconfirmedChangesTests {

    private final UnconfirmedChanges changes = new UnconfirmedChanges();

    private void add(String key) {
        this.changes.add(key, (generation) -> {
        });
    }

    private Map<String, Consumer<String>> answered(long question, String generation) {
        this.changes.agreed(question, generation);
        return this.changes.answered(question, generation, false);
    }

    private void know(String generation) {
        this.changes.asked(1);
        assertThat(answered(1, generation)).isEmpty();
    }

    @Test
    void aQuestionConfirmsOnlyWhatWasChangedBeforeIt() {
        know("a");
        add("before");
        this.changes.asked(2);
        add("after");
        assertThat(answered(2, "a")).isEmpty();
        assertThat(this.changes.isEmpty()).isFalse();
        this.changes.asked(3);
        assertThat(answered(3, "b")).containsOnlyKeys("after");
    }

    @Test
    void onlyEnoughCopiesConfirmWhateverComesFirst() {
        know("a");
        add("key");
        this.changes.asked(2);
        assertThat(this.changes.answered(2, "a", false)).isEmpty();
        assertThat(this.changes.isEmpty()).isFalse();
        this.changes.agreed(2, "a");
        assertThat(this.changes.isEmpty()).isTrue();
    }

    @Test
    void whatMayNotHaveBegunIsMadeAgainEvenInTheSameGeneration() {
        know("a");
        add("key");
        this.changes.asked(2);
        this.changes.failed();
        this.changes.asked(3);
        this.changes.agreed(3, "a");
        assertThat(this.changes.answered(3, "a", false)).containsOnlyKeys("key");
        assertThat(this.changes.isEmpty()).isFalse();
        this.changes.asked(4);
        assertThat(answered(4, "a")).isEmpty();
        assertThat(this.changes.isEmpty()).isTrue();
    }

    @Test
    void copiesThatAgreeOnAnotherGenerationConfirmNothing() {
        know("a");
        add("key");
        this.changes.asked(2);
        this.changes.agreed(2, "b");
        assertThat(this.changes.answered(2, "a", false)).isEmpty();
        assertThat(this.changes.isEmpty()).isFalse();
    }

    @Test
    void aLaterGenerationHasAllMadeAgainUntilThatIsConfirmed() {
        know("a");
        add("first");
        this.changes.asked(2);
        add("second");
        assertThat(answered(2, "b")).containsOnlyKeys("first", "second");
        this.changes.asked(3);
        assertThat(answered(3, "c")).containsOnlyKeys("first", "second");
        this.changes.asked(4);
        assertThat(answered(4, "c")).isEmpty();
        assertThat(this.changes.isEmpty()).isTrue();
    }

    @Test
    void aQuestionThatWasNotAnsweredIsMadeUpForByALaterOne() {
        know("a");
        add("key");
        this.changes.asked(2);
        this.changes.asked(3);
        assertThat(answered(3, "a")).isEmpty();
        assertThat(this.changes.isEmpty()).isTrue();
    }

    @Test
    void aClearOfOnesOwnConfirmsAllBeforeIt() {
        know("a");
        add("key");
        this.changes.asked(2);
        assertThat(this.changes.answered(2, "b", true)).isEmpty();
        assertThat(this.changes.isEmpty()).isTrue();
        add("key");
        this.changes.asked(3);
        assertThat(answered(3, "b")).isEmpty();
        assertThat(this.changes.isEmpty()).isTrue();
    }

    @Test
    void moreThanCanBeNotedIsTold() {
        know("a");
        for (int i = 0; i <= UnconfirmedChanges.MAX; i++) {
            add("key" + i);
        }
        this.changes.asked(2);
        assertThat(answered(2, "b")).isNull();
        assertThat(this.changes.isEmpty()).isTrue();
    }

    @Test
    void whatFailedBeforeTheGenerationWasKnownIsMade() {
        add("key");
        this.changes.asked(1);
        this.changes.failed();
        this.changes.asked(2);
        assertThat(answered(2, "a")).containsOnlyKeys("key");
    }

    @Test
    void tooManyAreForgottenOnceAllAreConfirmed() {
        know("a");
        for (int i = 0; i <= UnconfirmedChanges.MAX; i++) {
            add("key" + i);
        }
        this.changes.asked(2);
        assertThat(answered(2, "a")).isEmpty();
        assertThat(this.changes.isEmpty()).isTrue();
        assertThat(answered(3, "b")).isEmpty();
    }

}
