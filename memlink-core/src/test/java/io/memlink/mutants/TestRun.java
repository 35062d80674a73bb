package io.memlink.mutants;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests, in a JVM of their own, until the first one fails; says which and ends with
 * 1 then, and with 2 where no test ran. Arguments: full names of classes, or {@code
 * Class#method}.
 */
final class TestRun implements TestExecutionListener {

    /** Begins the line that says who noticed. */
    static final String NOTICED = "noticed by: ";

    static final String HANGS = ", which hangs";

    static final int FAILED = 1;

    /** A test that takes longer has noticed something: it waits for what never comes. */
    private static final int MAX_SECONDS = 30;

    private static final int NONE = 2;

    private int succeeded;

    private String latest = "none";

    private TestRun() {
    }

    public static void main(String[] tests) throws Exception {
        TestRun run = new TestRun();
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String test : tests) {
            selectors.addAll(selectors(test));
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
            .selectors(selectors)
            .configurationParameter("junit.jupiter.execution.timeout.testable.method.default", MAX_SECONDS + " s")
            .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "separate_thread")
            .build();
        try {
            LauncherFactory.create().execute(request, run);
        }
        catch (Throwable ex) {
            // No test catches a lack of memory, be it only played.
            run.noticed(ex);
        }
        end((run.succeeded > 0) ? 0 : NONE);
    }

    private static List<? extends DiscoverySelector> selectors(String test) throws ClassNotFoundException {
        String[] parts = test.split("#");
        Class<?> type = Class.forName(parts[0], false, TestRun.class.getClassLoader());
        if (parts.length == 1) {
            return List.of(DiscoverySelectors.selectClass(type));
        }
        List<DiscoverySelector> methods = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(parts[1])) {
                methods.add(DiscoverySelectors.selectMethod(type, method));
            }
        }
        return methods;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(MethodSource.class::cast)
            .ifPresent((source) -> this.latest = source.getJavaClass().getSimpleName() + "." + source.getMethodName());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            noticed(result.getThrowable().orElseThrow());
        }
        else if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            this.succeeded++;
        }
    }

    private void noticed(Throwable failure) {
        failure.printStackTrace();
        System.out.println();
        System.out.println(NOTICED + this.latest + ((failure instanceof TimeoutException) ? HANGS : ""));
        end(FAILED);
    }

    /** Whatever the tests have left running; servers end with this process. */
    private static void end(int status) {
        System.out.flush();
        System.exit(status);
    }

}
