package io.memlink.test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Random requests whose replies do not depend on the release of the server or on the
 * second in which they are sent. A CAS id is written as {@code C<@key>} (the last one the
 * side has seen for this key) or {@code C<^key>} (the one before it), because each server
 * has ids of its own.
 */
final class RandomCommands {

    private static final int KEYS = 40;

    private static final String[] TTLS = { "0", "1000", "2000", "3000", "-1", "1600000000", "2147483647" };

    private static final String[] NUMBERS = { "0", "1", "9", "10", "99", "100", "18446744073709551615", "abc", "", " 7",
            "5 x", "007" };

    private static final String[] GET_FLAGS = { "v", "t", "f", "c", "s", "h", "k", "l", "u", "q" };

    private static final String[] IGNORED_FLAGS = { "Lhint", "Pother", "D5", "J6", "MS" };

    private static final String[] WRONG_FLAGS = { "Z", "Tx", "T", "Fx", "v v", "N1.5" };

    // While a value waits to be sent, a real server does not change a number in place: it
    // makes a new item, which is
    // not padded and loses marks and TTL. Whether it still waits is a matter of timing.
    private final Set<Integer> mayBeWaiting = new HashSet<>();

    private final Random random;

    RandomCommands(long seed) {
        this.random = new Random(seed);
    }

    String next(int number) {
        if (number == 0) {
            this.mayBeWaiting.clear();
        }
        int key = this.random.nextInt(KEYS);
        String opaque = chance(90) ? " O" + number + "." + key : "";
        return switch (this.random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> get(key, opaque);
            case 7, 8, 9, 10, 11, 12 -> set(key, opaque);
            case 13, 14 -> delete(key, opaque);
            case 15, 16, 17 -> this.mayBeWaiting.contains(key) ? get(key, opaque) : arithmetic(key, opaque);
            case 18 -> other(key);
            default -> wrong(key, opaque);
        };
    }

    private String get(int key, String opaque) {
        this.mayBeWaiting.add(key);
        StringBuilder line = new StringBuilder("mg ").append(key(key)).append(opaque);
        for (String flag : GET_FLAGS) {
            line.append(chance(40) && !flag.equals("q") || chance(5) ? " " + flag : "");
        }
        line.append(chance(10) ? " N" + ttl() : "").append(chance(10) ? " T" + ttl() : "");
        line.append(chance(15) ? " R" + (500 + 1000 * this.random.nextInt(4)) : "");
        line.append(chance(10) ? " " + any(IGNORED_FLAGS) : "");
        return line.append("\r\n").toString();
    }

    private String set(int key, String opaque) {
        String value = chance(50) ? any(NUMBERS) : "v".repeat(this.random.nextInt(200));
        StringBuilder line = new StringBuilder("ms ").append(name(key)).append(' ').append(value.length());
        line.append(binary(key)).append(opaque).append(chance(70) ? " c" : "").append(chance(20) ? " k" : "");
        line.append(chance(10) ? " q" : "").append(chance(40) ? " T" + ttl() : "");
        line.append(chance(30) ? " F" + this.random.nextInt(100_000) : "").append(compare(key));
        line.append(chance(20) ? " I" : "").append(chance(40) ? " M" + "SEAPR".charAt(this.random.nextInt(5)) : "");
        return line.append("\r\n").append(value).append("\r\n").toString();
    }

    private String delete(int key, String opaque) {
        return "md " + key(key) + opaque + (chance(70) ? " I" : "") + (chance(20) ? " T" + ttl() : "") + compare(key)
                + (chance(20) ? " k" : "") + (chance(10) ? " q" : "") + "\r\n";
    }

    private String arithmetic(int key, String opaque) {
        // Quiet together with autovivification is answered differently by the releases.
        String quietOrVivify = chance(10) ? " q" : chance(40) ? " N" + ttl() + (chance(50) ? " J42" : "") : "";
        return "ma " + key(key) + opaque + (chance(70) ? " v" : "") + (chance(70) ? " c" : "")
                + (chance(50) ? " t" : "") + (chance(20) ? " T" + ttl() : "") + (chance(50) ? " MD" : "")
                + (chance(50) ? " D" + this.random.nextInt(200) : "") + compare(key) + quietOrVivify + "\r\n";
    }

    private String other(int key) {
        return switch (this.random.nextInt(40)) {
            case 0 -> "flush_all\r\n";
            case 1 -> "ms " + name(key) + " 1100000" + binary(key) + "\r\n" + "x".repeat(1_100_000) + "\r\n";
            case 2, 3 -> "set " + name(key) + " 5 0 3\r\nabc\r\n";
            case 4, 5 -> classicGet(key);
            case 6 -> "no such command\r\n";
            case 7 -> "ms " + name(key) + " 2\r\nhixx";
            case 8 -> "delete " + name(key) + "\r\n";
            case 9 -> this.mayBeWaiting.contains(key) ? "mn\r\n" : "incr " + name(key) + " 5\r\n";
            case 10 -> "append " + name(key) + " 0 0 1\r\n!\r\n";
            case 11 -> "touch " + name(key) + " 1000\r\n";
            default -> "mn\r\n";
        };
    }

    private String classicGet(int key) {
        this.mayBeWaiting.add(key);
        return "gets " + name(key) + "\r\n";
    }

    private String wrong(int key, String opaque) {
        String flag = any(WRONG_FLAGS);
        return switch (this.random.nextInt(4)) {
            case 0 -> "mg " + key(key) + opaque + " " + flag + "\r\n";
            case 1 -> "ms " + name(key) + " 9" + opaque + " " + flag + "\r\nflush_all\r\n";
            case 2 -> "ma " + key(key) + opaque + " " + flag + "\r\n";
            default -> "mg " + "k".repeat(251) + opaque + "\r\n";
        };
    }

    private static String key(int key) {
        return name(key) + binary(key);
    }

    // Every eighth key is written in base64, except by the classic commands, which store
    // another item then.
    private static String name(int key) {
        String plain = "k" + key;
        return binary(key).isEmpty() ? plain
                : Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    private static String binary(int key) {
        return (key % 8 == 0) ? " b" : "";
    }

    private String compare(int key) {
        return chance(15) ? " C<@" + key + ">" : chance(10) ? " C<^" + key + ">" : chance(3) ? " C0" : "";
    }

    private String ttl() {
        return any(TTLS);
    }

    private String any(String[] values) {
        return values[this.random.nextInt(values.length)];
    }

    private boolean chance(int percent) {
        return this.random.nextInt(100) < percent;
    }

}
