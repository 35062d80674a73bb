package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A closed client is not asked again by itself, until it has started once more.
 */
class GenerationRestartTests {

    private static final long NUMBER = 100L << 20;

    private final HeldCopies copies = new HeldCopies(1);

    private final HeldTime time = new HeldTime();

    private final Generation generation = new Generation(() -> this.copies, () -> true, Duration.ofSeconds(1),
            this.time);

    @Test
    void whatIsUnconfirmedIsAskedForUntilItIsKnown() {
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        this.generation.apply(CompletableFuture::completedFuture);
        asked.get(0).complete(NUMBER);
        List<String> madeAgain = new ArrayList<>();
        this.generation.changing("key", madeAgain::add);
        this.time.scheduled().remove().run();
        asked.get(1).completeExceptionally(new MemlinkClosedException(Outcome.NOT_SENT, "closed", null));
        assertThat(this.time.scheduled()).isEmpty();
        this.generation.confirm();
        asked.get(2).completeExceptionally(new MemlinkTimeoutException(Outcome.UNKNOWN, "not yet"));
        this.time.scheduled().remove().run();
        asked.get(3).complete(NUMBER + 1);
        assertThat(madeAgain).containsExactly(GenerationNumber.text(NUMBER + 1));
    }

}
