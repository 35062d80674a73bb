package io.memlink.embedded.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads a number with a point as C's {@code strtod} does. Stateless.
 */
final class RealNumber {

    private static final Pattern TEXT = Pattern.compile(
            "\\s*([+-]?)(?:(inf(?:inity)?)|(nan)(?:\\([0-9a-z_]*\\))?"
                    + "|(0x(?:[0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)(?:p[+-]?[0-9]+)?)"
                    + "|((?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?))(?:[\\s\0].*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private RealNumber() {
    }

    static @Nullable Double parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        double absolute = absolute(matcher);
        // What is out of range is an error, but not an infinity that was asked for.
        boolean outOfRange = Double.isInfinite(absolute) && matcher.group(2) == null;
        return outOfRange ? null : Double.valueOf(matcher.group(1).equals("-") ? -absolute : absolute);
    }

    private static double absolute(Matcher matcher) {
        String hexadecimal = matcher.group(4);
        if (hexadecimal != null) {
            boolean scaled = hexadecimal.indexOf('p') >= 0 || hexadecimal.indexOf('P') >= 0;
            return Double.parseDouble(scaled ? hexadecimal : hexadecimal + "p0");
        }
        if (matcher.group(2) != null) {
            return Double.POSITIVE_INFINITY;
        }
        return (matcher.group(3) != null) ? Double.NaN : Double.parseDouble(matcher.group(5));
    }

}
