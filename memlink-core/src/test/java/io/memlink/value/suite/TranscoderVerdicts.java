package io.memlink.value.suite;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The suite for ways of making bytes that other modules have, which find this class in
 * the folder of the compiled tests and call it by reflection.
 */
public final class TranscoderVerdicts {

    private TranscoderVerdicts() {
    }

    /**
     * Returns the verdict of each value, and why, by its id.
     * @param encode makes bytes; may refuse with any exception, but no error
     * @param decode makes values; may miss with any exception, but no error
     * @return verdict, blank, reason
     */
    public static Map<String, String> of(Function<Object, byte[]> encode, Function<byte[], Object> decode) {
        Subject subject = subject(encode, decode);
        Map<String, String> verdicts = new TreeMap<>();
        Values.all().stream().filter(TranscoderVerdicts::isThere).forEach((each) -> {
            RoundTrip trip = RoundTrip.of(subject, each);
            verdicts.put(each.id(), trip.verdict() + " " + trip.why());
        });
        return verdicts;
    }

    /** Some values are of libraries that not all modules have among their tests. */
    private static boolean isThere(ValueCase value) {
        try {
            value.make().make();
            return true;
        }
        catch (NoClassDefFoundError ex) {
            return false;
        }
        catch (Exception ex) {
            throw new IllegalStateException(value.id(), ex);
        }
    }

    /**
     * Returns the classes of the application that the values are of.
     * @return names of packages
     */
    public static List<String> trusted() {
        return Values.TRUSTED;
    }

    private static Subject subject(Function<Object, byte[]> encode, Function<byte[], Object> decode) {
        return new Subject() {

            @Override
            public String name() {
                return "transcoder";
            }

            @Override
            public Session open(ClassLoader loader, List<String> trusted) {
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
                return thrown instanceof RuntimeException;
            }

            @Override
            public boolean isMiss(Throwable thrown) {
                return thrown instanceof RuntimeException;
            }

        };
    }

}
