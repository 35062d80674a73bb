package io.memlink.spring.cache.fence;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.MemlinkClient;
import io.memlink.spring.cache.fence.OpenMisses.Miss;
import io.memlink.time.Timers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * Which put follows which miss, as far as that depends on the invocation.
 */
class OpenMissesTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final OpenMisses misses = new OpenMisses(mock(MemlinkClient.class), mock(Timers.class));

    private final Object view = new Object();

    private final Object otherView = new Object();

    private final Object invocation = new Object();

    @Test
    void aPutThroughAnotherViewFollowsAMissOfItsInvocation() {
        Miss miss = this.misses.ofThread(this.view, this.invocation, "key", Ticket.nothing("item"), LONG, LONG);
        assertThat(this.misses.take(this.otherView, null, this.invocation, "key")).isSameAs(miss);
    }

    @Test
    void whatAnotherInvocationHasMissedIsNotPut() {
        this.misses.ofThread(this.view, this.invocation, "key", Ticket.nothing("item"), LONG, LONG);
        assertThat(this.misses.take(this.otherView, null, new Object(), "key")).isNull();
        assertThat(this.misses.take(this.otherView, null, null, "key")).isNull();
    }

    @Test
    void whatWasMissedOutsideOfAnyInvocationIsNotPutByOne() {
        this.misses.ofThread(this.view, null, "key", Ticket.nothing("item"), LONG, LONG);
        assertThat(this.misses.take(this.otherView, null, this.invocation, "key")).isNull();
    }

    @Test
    void whereThereAreTooManyTheOldestAreForgottenManyAtATime() {
        AtomicInteger looks = new AtomicInteger();
        Timers timers = mock(Timers.class);
        when(timers.nanoTime()).thenAnswer((call) -> (long) looks.incrementAndGet());
        OpenMisses many = new OpenMisses(mock(MemlinkClient.class), timers);
        Miss last = null;
        for (int i = 0; i <= OpenMisses.MAX; i++) {
            last = many.ofThread(this.view, null, "key" + i, Ticket.nothing("item"), LONG, LONG);
        }
        assertThat(many.size()).isLessThan(OpenMisses.MAX);
        assertThat(many.take(this.view, null, null, "key0")).isNull();
        assertThat(many.take(this.view, null, null, "key" + OpenMisses.MAX)).isSameAs(last);
        int before = looks.get();
        for (int i = 0; i < 500; i++) {
            many.ofThread(this.view, null, "more" + i, Ticket.nothing("item"), LONG, LONG);
        }
        assertThat(looks.get() - before).isEqualTo(500);
    }

}
