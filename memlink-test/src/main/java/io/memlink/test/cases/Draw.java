package io.memlink.test.cases;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Draws the values of one generated case. Values at the edges of a range come up often.
 * Confined to the thread of the test.
 * <p>
 * Each case has a seed of its own, which a failure names; the system property
 * {@value #SEED} runs the case with that seed alone.
 *
 * @since 0.1.0
 */
public final class Draw {

    /** The system property with the seed of the one case to run. */
    public static final String SEED = "memlink.test.seed";

    private static final int ONE_EDGE_IN = 8;

    private final Random random;

    private Draw(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Checks a property with generated cases.
     * @param count how many
     * @param property what holds for each of them
     * @throws AssertionError if it does not hold for one of them, with the seed of that
     * one
     */
    public static void cases(int count, Property property) {
        Long chosen = Long.getLong(SEED);
        SplittableRandom seeds = new SplittableRandom();
        for (int i = 1; i <= ((chosen != null) ? 1 : count); i++) {
            check((chosen != null) ? chosen : seeds.nextLong(), i, property);
        }
    }

    private static void check(long seed, int number, Property property) {
        try {
            property.check(new Draw(seed));
        }
        catch (Exception | AssertionError ex) {
            throw new AssertionError("case " + number + ", to be repeated with -D" + SEED + "=" + seed + ": " + ex, ex);
        }
    }

    /**
     * Draws the outcome of a chance.
     * @param probability how likely it is, from 0 to 1
     * @return whether it came about
     */
    public boolean chance(double probability) {
        return this.random.nextDouble() < probability;
    }

    /**
     * Draws one of several values.
     * @param <T> the type of the values
     * @param options the values
     * @return one of them
     */
    @SafeVarargs
    public final <T> T of(T... options) {
        return options[this.random.nextInt(options.length)];
    }

    /**
     * Draws from one of several generators.
     * @param <T> the type of the values
     * @param generators the generators
     * @return what one of them has drawn
     */
    @SafeVarargs
    public final <T> T oneOf(Supplier<? extends T>... generators) {
        return generators[this.random.nextInt(generators.length)].get();
    }

    /**
     * Draws a number from a range.
     * @param min the least, inclusive
     * @param max the greatest, inclusive
     * @return the number
     */
    public int between(int min, int max) {
        if (isEdge()) {
            return this.random.nextBoolean() ? min : max;
        }
        return this.random.nextInt(min, max + 1);
    }

    /**
     * Draws any number.
     * @return small ones as often as large ones
     */
    public int intValue() {
        return isEdge() ? edge(Edges.INTS) : this.random.nextInt() >> this.random.nextInt(Integer.SIZE);
    }

    /**
     * Draws any number.
     * @return small ones as often as large ones
     */
    public long longValue() {
        return isEdge() ? edge(Edges.LONGS) : this.random.nextLong() >> this.random.nextInt(Long.SIZE);
    }

    /**
     * Draws any byte.
     * @return the byte
     */
    public byte byteValue() {
        return (byte) this.random.nextInt();
    }

    /**
     * Draws any finite number.
     * @return the number, of any magnitude
     */
    public double doubleValue() {
        double any = isEdge() ? edge(Edges.DOUBLES) : Double.longBitsToDouble(this.random.nextLong());
        return Double.isFinite(any) ? any : this.random.nextDouble();
    }

    /**
     * Draws any finite number.
     * @return the number, of any magnitude
     */
    public float floatValue() {
        float any = isEdge() ? edge(Edges.FLOATS) : Float.intBitsToFloat(this.random.nextInt());
        return Float.isFinite(any) ? any : this.random.nextFloat();
    }

    /**
     * Draws a decimal number.
     * @return the number, of up to 128 bits and 20 digits behind the point
     */
    public BigDecimal decimal() {
        return isEdge() ? edge(Edges.DECIMALS)
                : new BigDecimal(new BigInteger(between(0, 128), this.random), between(-5, 20))
                    .multiply(BigDecimal.valueOf(of(1, -1)));
    }

    /**
     * Draws a code point that is no surrogate.
     * @return one of ASCII or Latin 1, of the basic plane, or any
     */
    public int codePoint() {
        int point = between(0, of(0x7f, 0xff, 0xffff, Character.MAX_CODE_POINT));
        return (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) ? point : 'a';
    }

    /**
     * Draws bytes.
     * @param min the least number of them
     * @param max the greatest
     * @return the bytes
     */
    public byte[] bytes(int min, int max) {
        byte[] bytes = new byte[between(min, max)];
        this.random.nextBytes(bytes);
        return bytes;
    }

    /**
     * Draws a list.
     * @param <T> the type of the elements
     * @param min the least number of elements
     * @param max the greatest
     * @param elements draws an element
     * @return a list that can be changed
     */
    public <T extends @Nullable Object> List<T> list(int min, int max, Supplier<? extends T> elements) {
        int size = between(min, max);
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(elements.get());
        }
        return list;
    }

    private boolean isEdge() {
        return this.random.nextInt(ONE_EDGE_IN) == 0;
    }

    private <T> T edge(List<T> edges) {
        return edges.get(this.random.nextInt(edges.size()));
    }

    /**
     * Something that holds for all values.
     */
    @FunctionalInterface
    public interface Property {

        /**
         * Checks one case.
         * @param draw draws the values of the case
         * @throws Exception if it does not hold
         */
        void check(Draw draw) throws Exception;

    }

}
