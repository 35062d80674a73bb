package io.memlink.spring.cache.fence;

import java.time.Duration;

import io.memlink.MemlinkClient;
import io.memlink.spring.cache.fence.OpenMisses.Miss;
import io.memlink.time.Timers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

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

}
