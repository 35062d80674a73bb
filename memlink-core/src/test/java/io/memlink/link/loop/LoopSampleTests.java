package io.memlink.link.loop;

import java.lang.Thread.State;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.memlink.link.loop.LoopSample.Doing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of an event loop that gives no sign of life: a thread that got no
 * processor is not blamed for blocking it.
 */
class LoopSampleTests {

    private static final StackTraceElement LIBRARY = new StackTraceElement("java.lang.Object", "wait", "Object.java",
            -2);

    private static final StackTraceElement SHOP = new StackTraceElement("com.acme.Shop", "load", "Shop.java", 7);

    private final Thread thread = Thread.currentThread();

    private LoopSample sample(State state, long cpuMillis, long atMillis, StackTraceElement... stack) {
        return new LoopSample(this.thread, state, TimeUnit.MILLISECONDS.toNanos(cpuMillis),
                TimeUnit.MILLISECONDS.toNanos(atMillis), List.of(stack));
    }

    @ParameterizedTest
    @EnumSource(names = { "WAITING", "TIMED_WAITING", "BLOCKED" })
    void aTaskThatWaitsAtBothMomentsHasWaited(State state) {
        assertThat(sample(state, 1, 100, SHOP).since(sample(state, 1, 0, SHOP))).isEqualTo(Doing.WAITS);
    }

    @Test
    void aTaskThatHadAProcessorForHalfOfTheTimeHasRun() {
        LoopSample before = sample(State.RUNNABLE, 10, 0, SHOP);
        assertThat(sample(State.RUNNABLE, 60, 100, SHOP).since(before)).isEqualTo(Doing.RUNS);
        assertThat(sample(State.RUNNABLE, 59, 100, SHOP).since(before)).isNull();
    }

    @Test
    void aTaskThatGotNoProcessorBlocksNothing() {
        LoopSample before = sample(State.RUNNABLE, 10, 0, SHOP);
        assertThat(sample(State.RUNNABLE, 10, 100, SHOP).since(before)).isNull();
    }

    @Test
    void aTaskThatWaitsOnlyNowMayHaveGotNoProcessorBefore() {
        LoopSample before = sample(State.RUNNABLE, 10, 0, SHOP);
        assertThat(sample(State.WAITING, 11, 100, SHOP).since(before)).isNull();
        assertThat(sample(State.RUNNABLE, 11, 200, SHOP).since(sample(State.WAITING, 11, 100, SHOP))).isNull();
    }

    @Test
    void aTaskThatStaysInOneNativeCallIsToldAsThat() {
        LoopSample before = sample(State.RUNNABLE, 10, 0, LIBRARY, SHOP);
        assertThat(sample(State.RUNNABLE, 10, 100, LIBRARY, SHOP).since(before)).isEqualTo(Doing.IS_IN_A_NATIVE_METHOD);
        assertThat(sample(State.RUNNABLE, 10, 100, LIBRARY, LIBRARY, SHOP).since(before)).isNull();
    }

    @Test
    void whereNobodyKnowsTheTimeOfProcessorsNothingIsSaidToRun() {
        assertThat(new LoopSample(this.thread, State.RUNNABLE, -1, 100, List.of(SHOP))
            .since(new LoopSample(this.thread, State.RUNNABLE, -1, 0, List.of(SHOP)))).isNull();
        assertThat(new LoopSample(this.thread, State.RUNNABLE, -1, -1, List.of(SHOP))
            .since(new LoopSample(this.thread, State.RUNNABLE, -1, -1, List.of(SHOP)))).isNull();
    }

    @Test
    void nobodyIsBlamedWhoCameOrLeftMeanwhile() {
        assertThat(sample(State.WAITING, 1, 100, SHOP).since(sample(State.WAITING, 1, 0, LIBRARY))).isNull();
        assertThat(sample(State.WAITING, 1, 100, LIBRARY).since(sample(State.WAITING, 1, 0, SHOP))).isNull();
        LoopSample other = new LoopSample(new Thread(), State.WAITING, 0, 0, List.of(SHOP));
        assertThat(sample(State.WAITING, 1, 100, SHOP).since(other)).isNull();
    }

    @Test
    void knowsHowLongAThreadHasRun() {
        LoopSample before = LoopSample.of(this.thread);
        long turns = 0;
        LoopSample now = before;
        while (now.cpuNanos() == before.cpuNanos()) {
            turns++;
            now = LoopSample.of(this.thread);
        }
        assertThat(now.cpuNanos()).as("after %d turns", turns).isGreaterThan(before.cpuNanos());
        assertThat(now.state()).isEqualTo(State.RUNNABLE);
        assertThat(now.stack()).extracting(StackTraceElement::getMethodName).contains("knowsHowLongAThreadHasRun");
    }

}
