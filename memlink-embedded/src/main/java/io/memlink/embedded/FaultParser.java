package io.memlink.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Faults by their names. Stateless.
 */
final class FaultParser {

    static final String HELP = "delay <time> [<jitter>], stall, reset, close, half-close, truncate <bytes>, "
            + "slices <bytes> <pause>, insert <position> <text>, duplicate, swap, drop, corrupt, wrong-opaque, "
            + "wrong-length <difference>, wrong-status <two letters>, garbage, replace <line>, extra <line>, "
            + "ignore, server-error <text>";

    private static final Map<String, Function<List<String>, Fault>> FAULTS = new TreeMap<>();

    static {
        FAULTS.put("delay", (words) -> Fault.delay(duration(words.get(0)),
                (words.size() > 1) ? duration(words.get(1)) : Duration.ZERO));
        FAULTS.put("stall", (words) -> Fault.stall());
        FAULTS.put("reset", (words) -> Fault.resetConnection());
        FAULTS.put("close", (words) -> Fault.closeConnection());
        FAULTS.put("half-close", (words) -> Fault.halfClose());
        FAULTS.put("truncate", (words) -> Fault.truncateAfter(Integer.parseInt(words.get(0))));
        FAULTS.put("slices", (words) -> Fault.slices(Integer.parseInt(words.get(0)), duration(words.get(1))));
        FAULTS.put("insert", (words) -> Fault.insert(Integer.parseInt(words.get(0)), rest(words, 1)));
        FAULTS.put("duplicate", (words) -> Fault.duplicateReply());
        FAULTS.put("swap", (words) -> Fault.swapWithNext());
        FAULTS.put("drop", (words) -> Fault.dropReply());
        FAULTS.put("corrupt", (words) -> Fault.corrupt());
        FAULTS.put("wrong-opaque", (words) -> Fault.wrongOpaque());
        FAULTS.put("wrong-length", (words) -> Fault.wrongLength(Integer.parseInt(words.get(0))));
        FAULTS.put("wrong-status", (words) -> Fault.wrongStatus(words.get(0)));
        FAULTS.put("garbage", (words) -> Fault.garbage());
        FAULTS.put("replace", (words) -> Fault.replaceWith(rest(words, 0) + "\r\n"));
        FAULTS.put("extra", (words) -> Fault.extraLine(rest(words, 0)));
        FAULTS.put("ignore", (words) -> Fault.ignoreRequest());
        FAULTS.put("server-error", (words) -> Fault.serverError(rest(words, 0)));
    }

    private FaultParser() {
    }

    static boolean knows(String name) {
        return FAULTS.containsKey(name);
    }

    static Fault parse(List<String> words) {
        Function<List<String>, Fault> fault = FAULTS.get(words.get(0));
        if (fault == null) {
            throw new IllegalArgumentException(
                    "fault: " + words.get(0) + " (expected: one of " + FAULTS.keySet() + ")");
        }
        return fault.apply(words.subList(1, words.size()));
    }

    private static String rest(List<String> words, int start) {
        return String.join(" ", words.subList(start, words.size()));
    }

    /**
     * Reads a duration like {@code 50ms}, {@code 10s}, {@code 1h} or {@code PT1M}.
     */
    static Duration duration(String text) {
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        try {
            return ofUnit(Long.parseLong(text.substring(0, digits)), text.substring(digits));
        }
        catch (ArithmeticException | IllegalArgumentException ex) {
            throw new IllegalArgumentException("duration: " + text + " (expected: like 50ms, 10s, 1h or PT1M)", ex);
        }
    }

    private static Duration ofUnit(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> throw new IllegalArgumentException("unit: " + unit + " (expected: ms, s, m or h)");
        };
    }

}
