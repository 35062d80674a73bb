package io.memlink.cluster.journal;

import java.time.Duration;
import java.util.concurrent.CancellationException;

import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.Key;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaSet;
import io.memlink.meta.MetaSet.Mode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a backend is owed after a request.
 */
class RequestEffectTests {

    private static final Key KEY = Key.of("key");

    private static final MemlinkException UNKNOWN = new MemlinkTimeoutException(Outcome.UNKNOWN, "");

    private static final MemlinkException NOT_SENT = new MemlinkTimeoutException(Outcome.NOT_SENT, "");

    private static final MemlinkException REJECTED = new MemlinkServerException(Reason.TOO_LARGE, "");

    private static final MemlinkException PROXY = new MemlinkServerException(Reason.SERVER_FAILURE, Outcome.UNKNOWN,
            "");

    private static MetaSet.Builder set() {
        return MetaSet.builder(KEY, new byte[1]);
    }

    private static final MetaDelete DELETE = MetaDelete.builder(KEY).build();

    @Test
    void aSetThatMayHaveHappenedIsUndoneTwice() {
        for (Mode mode : Mode.values()) {
            MetaSet set = set().mode(mode).build();
            assertThat(RequestEffect.afterFailure(set, UNKNOWN, true)).isEqualTo(Owed.DELETE_AND_QUARANTINE);
            assertThat(RequestEffect.afterFailure(set, PROXY, true)).isEqualTo(Owed.DELETE_AND_QUARANTINE);
            assertThat(RequestEffect.afterFailure(set, NOT_SENT, false)).isEqualTo(Owed.NOTHING);
            assertThat(RequestEffect.afterFailure(set, REJECTED, true)).isEqualTo(Owed.NOTHING);
        }
    }

    @Test
    void aSetThatArrivesBehindItsDeleteInVainIsUndoneOnce() {
        MetaSet set = set().compareCas(1).build();
        assertThat(RequestEffect.afterFailure(set, UNKNOWN, true)).isEqualTo(Owed.DELETE);
    }

    @Test
    void aSetThatWasCancelledBeforeItWasWrittenOwesNothing() {
        assertThat(RequestEffect.afterFailure(set().build(), new CancellationException(), false))
            .isEqualTo(Owed.NOTHING);
        assertThat(RequestEffect.afterFailure(set().build(), new CancellationException(), true))
            .isEqualTo(Owed.DELETE_AND_QUARANTINE);
    }

    @Test
    void aSetOverWhatIsOutOfDateOwesADeleteForWhateverReason() {
        MetaSet put = set().deleteOnFailure().build();
        for (MetaSet set : new MetaSet[] { put, (MetaSet) put.expiringWithin(Duration.ofSeconds(10)) }) {
            for (Throwable failure : new Throwable[] { NOT_SENT, REJECTED, new CancellationException(),
                    new OutOfMemoryError() }) {
                assertThat(RequestEffect.afterFailure(set, failure, false)).isEqualTo(Owed.DELETE);
            }
            assertThat(RequestEffect.afterFailure(set, UNKNOWN, true)).isEqualTo(Owed.DELETE_AND_QUARANTINE);
        }
    }

    @Test
    void aDeleteThatWasNotDoneIsOwedForWhateverReason() {
        for (Throwable failure : new Throwable[] { UNKNOWN, NOT_SENT, PROXY, new CancellationException(),
                new OutOfMemoryError() }) {
            assertThat(RequestEffect.afterFailure(DELETE, failure, false)).isEqualTo(Owed.DELETE);
        }
        assertThat(RequestEffect.afterFailure(DELETE, REJECTED, true)).isEqualTo(Owed.NOTHING);
    }

    @Test
    void whatIsNoChangeIsNotOwed() {
        MetaSet fill = set().compareCas(1).fill().build();
        MetaDelete giveBack = MetaDelete.builder(KEY).compareCas(1).build();
        assertThat(RequestEffect.afterFailure(fill, UNKNOWN, true)).isEqualTo(Owed.NOTHING);
        assertThat(RequestEffect.afterFailure(giveBack, UNKNOWN, true)).isEqualTo(Owed.NOTHING);
        assertThat(RequestEffect.afterFailure(MetaGet.value(KEY), UNKNOWN, true)).isEqualTo(Owed.NOTHING);
        assertThat(RequestEffect.outdatesOwner(fill)).isFalse();
        assertThat(RequestEffect.outdatesOwner(giveBack)).isFalse();
        assertThat(RequestEffect.outdatesOwner(set().mode(Mode.ADD).build())).isFalse();
    }

    @Test
    void whatIsChangedElsewhereOutdatesTheOwner() {
        assertThat(RequestEffect.outdatesOwner(set().build())).isTrue();
        assertThat(RequestEffect.outdatesOwner(set().compareCas(1).build())).isTrue();
        assertThat(RequestEffect.outdatesOwner(DELETE)).isTrue();
        assertThat(RequestEffect.outdatesOwner(MetaArithmetic.builder(KEY).build())).isTrue();
    }

}
