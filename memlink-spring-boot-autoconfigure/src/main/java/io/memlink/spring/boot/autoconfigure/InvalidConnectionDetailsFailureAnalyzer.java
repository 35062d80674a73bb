package io.memlink.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analysis of connection details that no client can be built of.
 */
final class InvalidConnectionDetailsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConnectionDetailsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConnectionDetailsException cause) {
        return new FailureAnalysis("The connection details are not valid:\n\n    " + cause.getMessage(),
                "Correct the bean of type " + cause.details()
                        + ", which takes precedence over the properties memlink.*.",
                cause);
    }

}
