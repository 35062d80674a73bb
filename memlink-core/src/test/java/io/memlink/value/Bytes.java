package io.memlink.value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes that somebody made up. */
final class Bytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Bytes of(int... values) {
        return new Bytes().add(values);
    }

    Bytes add(int... values) {
        for (int value : values) {
            this.out.write(value);
        }
        return this;
    }

    Bytes add(byte[] bytes) {
        this.out.writeBytes(bytes);
        return this;
    }

    Bytes repeat(int times, int... values) {
        for (int i = 0; i < times; i++) {
            add(values);
        }
        return this;
    }

    Bytes number(int value) {
        int rest = value;
        while (rest > 0x7f) {
            add(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        return add(rest);
    }

    Bytes integer(int value) {
        return add(Kind.INTEGER).number(value << 1 ^ value >> 31);
    }

    Bytes text(String text) {
        return add(Kind.LATIN_1).number(text.length()).add(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A class that was not there before, of no fields. */
    Bytes newClass(String name) {
        add(0).repeat(8, 0).number(name.length());
        return add(name.getBytes(StandardCharsets.UTF_8)).add(0);
    }

    byte[] toArray() {
        return this.out.toByteArray();
    }

}
