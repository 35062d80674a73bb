package io.memlink.check;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Checks of settings. Each returns the value, or refuses it with an
 * {@link IllegalArgumentException} that names the setting, the value and the range. A
 * range ends at the largest number of its type where there is no other bound. A time is
 * compared as it is, so that none is too long to be compared.
 */
public final class Require {

    private Require() {
    }

    /**
     * Requires a number of a range, whose ends belong to it.
     */
    public static int within(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw refused(name, value, min + ((max == Integer.MAX_VALUE) ? " or more" : " to " + max));
        }
        return value;
    }

    /**
     * Requires a number of a range, whose ends belong to it.
     */
    public static long within(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw refused(name, value, min + ((max == Long.MAX_VALUE) ? " or more" : " to " + max));
        }
        return value;
    }

    /**
     * Requires a time of a range, whose ends belong to it.
     * @throws NullPointerException that names the setting, where there is no time
     */
    public static Duration within(String name, Duration value, Duration min, Duration max) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw refused(name, value, text(min) + " to " + text(max));
        }
        return value;
    }

    /**
     * Requires a time of a range, or zero, which means that there is no limit.
     * @throws NullPointerException that names the setting, where there is no time
     */
    public static Duration zeroOrWithin(String name, Duration value, Duration min, Duration max) {
        Objects.requireNonNull(value, name);
        if (!value.isZero() && (value.compareTo(min) < 0 || value.compareTo(max) > 0)) {
            throw refused(name, value, "zero, or " + text(min) + " to " + text(max));
        }
        return value;
    }

    /**
     * Requires that there is no {@code null} among some values.
     * @return a copy of the values
     * @throws NullPointerException that names the setting, where there are no values or
     * one of them is missing
     */
    public static <T> List<T> present(String name, Collection<? extends T> values) {
        Objects.requireNonNull(values, name);
        if (values.stream().anyMatch(Objects::isNull)) {
            throw new NullPointerException(name + ": " + values + " (expected: no null among them)");
        }
        return List.copyOf(values);
    }

    /**
     * Requires that no two values have the same identity.
     * @param identity what tells them apart
     */
    public static <T> void distinct(String name, Collection<? extends T> values, Function<? super T, ?> identity) {
        Set<Object> seen = new HashSet<>();
        for (T value : values) {
            if (!seen.add(identity.apply(value))) {
                throw refused(name, values, "different ones, but " + value + " comes twice");
            }
        }
    }

    /**
     * Checks what something that was plugged in has returned.
     * @param name what it is, such as {@code transcoder}
     * @param giver the thing itself, whose class is named
     * @param value what it has returned
     * @param expected what it should have returned
     * @param <T> the type of the value
     * @return the value
     * @throws IllegalStateException where it is {@code null}
     */
    public static <T> T returned(String name, Object giver, @Nullable T value, String expected) {
        if (value == null) {
            throw new IllegalStateException(
                    name + ": " + giver.getClass().getName() + " returned null (expected: " + expected + ")");
        }
        return value;
    }

    private static IllegalArgumentException refused(String name, Object value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }

    private static String text(Duration bound) {
        if (bound.isZero()) {
            return "zero";
        }
        if (bound.toSeconds() == 0) {
            return bound.toMillis() + " ms";
        }
        if (bound.toHours() == 0) {
            return amount(bound.toSeconds(), "second");
        }
        return (bound.toDays() == 0) ? amount(bound.toHours(), "hour") : amount(bound.toDays(), "day");
    }

    private static String amount(long number, String unit) {
        return number + " " + unit + ((number == 1) ? "" : "s");
    }

}
