package io.memlink.spring.boot.autoconfigure.cache;

import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which settings of a cache do not go together.
 */
final class CacheSettingsFailureAnalyzer extends AbstractFailureAnalyzer<CacheSettingsException> {

    private static final String OF_ALL = "memlink.cache";

    /** As code calls it. */
    private static final Pattern SETTING = Pattern.compile("\\b[a-z]+(?:[A-Z][a-z]+)+\\b");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CacheSettingsException cause) {
        String problem = String.valueOf(cause.getMessage()).substring(cause.prefix().length() + 2);
        boolean ofAll = cause.prefix().equals(OF_ALL);
        return new FailureAnalysis(
                "The settings under '" + cause.prefix() + "' do not go together: "
                        + SETTING.matcher(problem)
                            .replaceAll((match) -> DataObjectPropertyName.toDashedForm(match.group())),
                "Change one of the settings it names, under '" + cause.prefix()
                        + (ofAll ? "'." : "' or, if it is inherited, under '" + OF_ALL + "'."),
                cause);
    }

}
