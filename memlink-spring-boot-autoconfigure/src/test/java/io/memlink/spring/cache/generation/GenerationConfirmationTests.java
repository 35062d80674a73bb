package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A change is forgotten only when nobody can have been using a later generation before
 * it: one copy of two may be behind a clear that another application uses already.
 */
class GenerationConfirmationTests {

    private static final long BEFORE = 100L << 20;

    private static final long CLEARED = 200L << 20;

    private final HeldCopies copies = new HeldCopies(2);

    private final AtomicLong nanos = new AtomicLong();

    private final Generation generation = new Generation(() -> this.copies, () -> true, Duration.ofSeconds(1),
            new SteppedTime(this.nanos::get));

    private final List<String> madeAgain = new ArrayList<>();

    /** Has it asked for, as its lag is over. */
    private void ask() {
        this.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        this.generation.apply(CompletableFuture::completedFuture);
    }

    private void know() {
        ask();
        this.copies.answer(0, BEFORE);
        this.copies.answer(1, BEFORE);
    }

    private void change(String key) {
        this.generation.changing(key, (generation) -> this.madeAgain.add(key + "@" + generation));
    }

    @Test
    void aCopyThatIsBehindConfirmsNothing() {
        know();
        change("key");
        ask();
        this.copies.answer(0, BEFORE);
        ask();
        this.copies.answer(1, CLEARED);
        assertThat(this.madeAgain).containsExactly("key@" + GenerationNumber.text(CLEARED));
    }

    @Test
    void bothCopiesConfirm() {
        know();
        change("key");
        ask();
        this.copies.answer(0, BEFORE);
        this.copies.answer(1, BEFORE);
        ask();
        this.copies.answer(0, CLEARED);
        this.copies.answer(1, CLEARED);
        assertThat(this.madeAgain).isEmpty();
    }

    @Test
    void theOtherCopyMayConfirmLater() {
        know();
        change("key");
        ask();
        this.copies.answer(0, BEFORE);
        change("another");
        this.copies.answer(1, BEFORE);
        ask();
        this.copies.answer(0, CLEARED);
        this.copies.answer(1, CLEARED);
        assertThat(this.madeAgain).containsExactly("another@" + GenerationNumber.text(CLEARED));
    }

    @Test
    void aCopyThatWasLostConfirmsNothing() {
        know();
        change("key");
        ask();
        this.copies.answer(0, BEFORE);
        this.copies.answer(1, GenerationNumber.NONE);
        ask();
        this.copies.answer(0, CLEARED);
        this.copies.answer(1, CLEARED);
        assertThat(this.madeAgain).containsExactly("key@" + GenerationNumber.text(CLEARED));
    }

    @Test
    void aQuestionDoesNotConfirmWhatIsChangedWhileItIsSent() {
        know();
        this.copies.whileSending(() -> change("key"));
        ask();
        this.copies.answer(0, BEFORE);
        this.copies.answer(1, BEFORE);
        ask();
        this.copies.answer(0, CLEARED);
        this.copies.answer(1, CLEARED);
        assertThat(this.madeAgain).containsExactly("key@" + GenerationNumber.text(CLEARED));
    }

}
