package io.memlink.spring.boot.autoconfigure;

import io.memlink.spring.boot.autoconfigure.PropertiesMemlinkConnectionDetails.InvalidCredentialsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analysis of a user name or a password that cannot be sent, which shows neither.
 */
final class InvalidCredentialsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidCredentialsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidCredentialsException cause) {
        return new FailureAnalysis("The value of the property " + cause.getMessage(),
                "Correct " + cause.property() + ", whose value is not shown here.", cause);
    }

}
