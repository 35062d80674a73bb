package io.memlink.link.loop;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whom the watchdog blames.
 */
class CulpritTests {

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "Source.java", 7);
    }

    private static Optional<StackTraceElement> culprit(StackTraceElement... stack) {
        return new LoopSample(Thread.currentThread(), Thread.State.RUNNABLE, 0, 0, List.of(stack)).culprit();
    }

    @Test
    void isTheFirstThatIsNoLibrary() {
        assertThat(culprit(frame("java.lang.Object", "wait"), frame("com.acme.Shop", "load"),
                frame("com.acme.Callback", "run")))
            .hasValueSatisfying((culprit) -> assertThat(culprit.getClassName()).isEqualTo("com.acme.Shop"));
    }

    @Test
    void isNobodyWhileAClassIsLoaded() {
        assertThat(culprit(frame("java.util.zip.Inflater", "inflate"), frame("java.lang.ClassLoader", "loadClass"),
                frame("com.acme.Shop", "load")))
            .isEmpty();
    }

    @Test
    void isNobodyWhileAClassIsInitialized() {
        assertThat(culprit(frame("com.acme.Table", "fill"), frame("com.acme.Table", "<clinit>"),
                frame("com.acme.Shop", "load")))
            .isEmpty();
    }

}
