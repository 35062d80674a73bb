package io.memlink.link.loop;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whom the watchdog blames.
 */
class CulpritTests {

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "Source.java", 7);
    }

    @Test
    void isTheFirstThatIsNoLibrary() {
        assertThat(LoopWatchdog.culprit(new StackTraceElement[] { frame("java.lang.Object", "wait"),
                frame("com.acme.Shop", "load"), frame("com.acme.Callback", "run") }))
            .hasValueSatisfying((culprit) -> assertThat(culprit.getClassName()).isEqualTo("com.acme.Shop"));
    }

    @Test
    void isNobodyWhileAClassIsLoaded() {
        assertThat(LoopWatchdog.culprit(new StackTraceElement[] { frame("java.util.zip.Inflater", "inflate"),
                frame("java.lang.ClassLoader", "loadClass"), frame("com.acme.Shop", "load") }))
            .isEmpty();
    }

    @Test
    void isNobodyWhileAClassIsInitialized() {
        assertThat(LoopWatchdog.culprit(new StackTraceElement[] { frame("com.acme.Table", "fill"),
                frame("com.acme.Table", "<clinit>"), frame("com.acme.Shop", "load") }))
            .isEmpty();
    }

}
