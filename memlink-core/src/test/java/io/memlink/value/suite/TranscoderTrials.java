package io.memlink.value.suite;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.memlink.value.ValueNotSupportedException;

/**
 * The suite for ways of making bytes that other modules have, which find this class in
 * the folder of the compiled tests and call it by reflection. A refusal and a miss are
 * any {@code IllegalArgumentException}; where so little is promised, any
 * {@code RuntimeException}.
 */
public final class TranscoderTrials {

    private final Subject subject;

    /**
     * Creates the suite for one way of making bytes.
     * @param strict whether it promises to bring back what it writes
     * @param encoders returns what makes bytes, given a class loader and trusted packages
     * @param decoders returns what makes values
     */
    public TranscoderTrials(boolean strict, BiFunction<ClassLoader, List<String>, Function<Object, byte[]>> encoders,
            BiFunction<ClassLoader, List<String>, Function<byte[], Object>> decoders) {
        this.subject = new Transcoder(strict, encoders, decoders);
    }

    /** The verdict of each value, blank, why, by its id. */
    public Map<String, String> verdicts() {
        Map<String, String> verdicts = new TreeMap<>();
        Values.all().forEach((each) -> {
            RoundTrip trip = RoundTrip.of(this.subject, each);
            verdicts.put(each.id(), trip.verdict() + " " + trip.why());
        });
        return verdicts;
    }

    /** What becomes of values when classes change. */
    public List<String> classChanges() {
        return ClassChanges.all().stream().map((each) -> ClassChangeTable.line(this.subject, each)).toList();
    }

    /**
     * Reads bytes that somebody changed, so many times; tells what failed, how often
     * there was what, and how much was allocated for one at most.
     */
    public Map<String, Object> mutations(int times, long seed) {
        Mutations mutations = new Mutations(this.subject, seed);
        mutations.run(times);
        return Map.of("failures", mutations.failures, "outcomes", mutations.outcomes, "mostAllocated",
                mutations.mostAllocated);
    }

    /** What became of values that could cost much. */
    public Map<String, String> costlyValues() throws Exception {
        Map<String, String> outcomes = new TreeMap<>();
        for (Map.Entry<String, Callable<Object>> each : CostlyValues.all().entrySet()) {
            outcomes.put(each.getKey(), CostlyTrial.of(this.subject, each.getValue()));
        }
        return outcomes;
    }

    /** What became of bytes that could cost much. */
    public String costlyBytes(byte[] bytes) {
        return CostlyTrial.read(this.subject, bytes);
    }

    /** What became of values with classes that are not trusted. */
    public Map<String, String> foreignClasses() throws ReflectiveOperationException {
        return ForeignClasses.trial(this.subject, true);
    }

    /**
     * A way of making bytes.
     */
    private record Transcoder(boolean isStrict,
            BiFunction<ClassLoader, List<String>, Function<Object, byte[]>> encoders,
            BiFunction<ClassLoader, List<String>, Function<byte[], Object>> decoders) implements Subject {

        @Override
        public String name() {
            return "transcoder";
        }

        @Override
        public long allocationLimit(int bytes) {
            return 4_000_000 + 600L * bytes;
        }

        @Override
        public Session open(ClassLoader loader, List<String> trusted) {
            Function<Object, byte[]> encode = this.encoders.apply(loader, trusted);
            Function<byte[], Object> decode = this.decoders.apply(loader, trusted);
            return new Session() {

                @Override
                public byte[] encode(Object value) {
                    return encode.apply(value);
                }

                @Override
                public Object decode(byte[] bytes) {
                    return decode.apply(bytes);
                }

            };
        }

        @Override
        public boolean isRefusal(Throwable thrown) {
            return thrown instanceof IllegalArgumentException || thrown instanceof ValueNotSupportedException
                    || !this.isStrict && thrown instanceof RuntimeException;
        }

        @Override
        public boolean isMiss(Throwable thrown) {
            return isRefusal(thrown);
        }

    }

}
