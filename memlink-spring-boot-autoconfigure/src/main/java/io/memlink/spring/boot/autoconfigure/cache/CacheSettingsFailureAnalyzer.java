package io.memlink.spring.boot.autoconfigure.cache;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which settings of a cache do not go together.
 */
final class CacheSettingsFailureAnalyzer extends AbstractFailureAnalyzer<CacheSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CacheSettingsException cause) {
        return new FailureAnalysis(
                "The settings under '" + cause.prefix() + "' do not go together: "
                        + String.valueOf(cause.getMessage()).substring(cause.prefix().length() + 2),
                "Change one of the settings it names, under '" + cause.prefix()
                        + "' or, if it is inherited, under 'memlink.cache'.",
                cause);
    }

}
