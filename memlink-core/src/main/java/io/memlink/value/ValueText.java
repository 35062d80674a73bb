package io.memlink.value;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.memlink.value.Kind.JdkTypes;
import org.jspecify.annotations.Nullable;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * Shows what bytes of the format say, as text, without loading a class of the
 * application: its objects are shown by the names of their classes, with their fields in
 * the order of the format. An object that is there twice has a number, such as
 * {@code #1}. Nobody has to parse this text, which may change. Safe for use by many
 * threads.
 */
public final class ValueText {

    private static final int MAX_CHARACTERS = 1 << 16;

    private static final int MAX_ELEMENTS = 64;

    private static final int MAX_BITS = 4096;

    private static final String HIDDEN = "******";

    private static final String SORTS = "LZBSCIJFD";

    private final ValueReader in;

    private final boolean showValues;

    private final StringBuilder text = new StringBuilder();

    private final List<String> classes = new ArrayList<>();

    private final List<byte[]> layouts = new ArrayList<>();

    /** Where the text of each object begins that may be referred to. */
    private final List<Integer> starts = new ArrayList<>();

    private final TreeMap<Integer, Integer> labels = new TreeMap<>();

    private int depth;

    private ValueText(byte[] bytes, boolean showValues) {
        this.in = new ValueReader(new ClassTable(ClassLoader.getSystemClassLoader(), TrustedClasses.of(), List.of()),
                bytes, 0, bytes.length);
        this.showValues = showValues;
    }

    /**
     * Shows bytes as text, of at most some ten thousands of characters.
     * @param bytes what {@link ValueFormat#encode(Object)} made
     * @return the text
     * @throws ValueNotReadableException if the bytes are malformed, or of another version
     */
    public static String of(byte[] bytes) {
        return new ValueText(bytes, true).show();
    }

    /**
     * Shows what bytes consist of, without what is in them: numbers, texts, constants and
     * the like are hidden, classes and how many there are of each are not.
     * @param bytes what {@link ValueFormat#encode(Object)} made
     * @return the text
     * @throws ValueNotReadableException if the bytes are malformed, or of another version
     */
    public static String structureOf(byte[] bytes) {
        return new ValueText(bytes, false).show();
    }

    private String show() {
        try {
            this.in.version();
            any();
            this.in.requireEnd();
        }
        catch (ValueNotReadableException ex) {
            throw ex;
        }
        catch (RuntimeException ex) {
            throw malformed(ex + " (expected: a value)");
        }
        this.labels.descendingMap().forEach((start, id) -> this.text.insert(start, "#" + id + "="));
        if (this.text.length() >= MAX_CHARACTERS) {
            this.text.append("...");
        }
        return this.text.toString();
    }

    private void append(String part) {
        if (this.text.length() < MAX_CHARACTERS) {
            this.text.append(part);
        }
    }

    private void any() {
        int tag = this.in.u8();
        if (tag >= Kind.SMALL_INTEGER) {
            scalar(String.valueOf(tag - Kind.SMALL_INTEGER + Kind.LEAST_SMALL_INTEGER));
        }
        else if (tag >= Kind.SHORT_TEXT || tag >= Kind.LATIN_1 && tag <= Kind.UTF_16) {
            quoted(this.in.text(tag));
        }
        else {
            if (++this.depth > ValueWriter.MAX_DEPTH) {
                throw malformed("nested deeper than " + ValueWriter.MAX_DEPTH);
            }
            nested(tag);
            this.depth--;
        }
    }

    private void nested(int tag) {
        switch (tag) {
            case Kind.NULL -> append("null");
            case Kind.FALSE -> scalar("false");
            case Kind.TRUE -> scalar("true");
            case Kind.INTEGER -> scalar(String.valueOf(this.in.s32()));
            case Kind.REFERENCE -> reference();
            case Kind.OBJECT -> object();
            case Kind.CONSTANT -> constant(this.classes.get(type()));
            case Kind.JDK_CONSTANT -> constant(JdkTypes.type(this.in.number()).getSimpleName());
            case Kind.SINGLETON -> append(this.classes.get(type()) + "()");
            case Kind.STATIC_CONSTANT -> staticConstant();
            case Kind.ARRAY -> array();
            case Kind.CONVERTED -> converted();
            default -> kind(Kind.of(tag));
        }
    }

    private void scalar(String value) {
        append(this.showValues ? value : HIDDEN);
    }

    private void quoted(String value) {
        scalar('"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"');
    }

    private void number() {
        this.starts.add(this.text.length());
    }

    private void reference() {
        int id = this.in.number();
        if (id >= this.starts.size()) {
            throw malformed("reference " + id + " (expected: to an object before)");
        }
        append("#" + id);
        this.labels.put(this.starts.get(id), id);
    }

    /** Reads which class comes next, and what is to be known of it the first time. */
    private int type() {
        int index = this.in.number();
        if (index > this.classes.size()) {
            throw malformed("class " + index + " (expected: one that was there before)");
        }
        if (index > 0) {
            return index - 1;
        }
        this.in.u64();
        this.classes.add(
                ValueNotReadableException.printable(this.in.utf8(this.in.size(1)), ValueNotReadableException.MAX_NAME));
        int fields = this.in.number();
        if (fields > 2 * this.in.remaining()) {
            throw malformed(fields + " fields (expected: at most what is left)");
        }
        byte[] layout = new byte[fields];
        for (int i = 0; i < layout.length; i += 2) {
            int two = this.in.u8();
            layout[i] = (byte) (two >> 4);
            if (i + 1 < layout.length) {
                layout[i + 1] = (byte) (two & 0xf);
            }
        }
        this.layouts.add(layout);
        return this.classes.size() - 1;
    }

    private String typeName() {
        int code = this.in.number();
        return (code == 0) ? this.classes.get(type()) : JdkTypes.type(code).getSimpleName();
    }

    private void constant(String type) {
        String name = this.in.text();
        append(type + ".");
        scalar(name);
    }

    private void staticConstant() {
        int type = type();
        constant(this.classes.get(type));
        fields(type);
    }

    private void object() {
        number();
        int type = type();
        append(this.classes.get(type));
        fields(type);
    }

    private void fields(int type) {
        append("(");
        byte[] layout = this.layouts.get(type);
        for (int i = 0; i < layout.length; i++) {
            append((i > 0) ? ", " : "");
            field(layout[i]);
        }
        append(")");
    }

    private void field(int sort) {
        if (sort >= SORTS.length()) {
            throw malformed(sort + " (expected: the kind of a field)");
        }
        switch (SORTS.charAt(sort)) {
            case 'Z' -> scalar(String.valueOf(this.in.bool()));
            case 'B' -> scalar(String.valueOf((byte) this.in.u8()));
            case 'S' -> scalar(String.valueOf(this.in.s16()));
            case 'C' -> scalar("'" + (char) this.in.u16() + "'");
            case 'I' -> scalar(String.valueOf(this.in.s32()));
            case 'J' -> scalar(this.in.s64() + "L");
            case 'F' -> scalar(Float.intBitsToFloat(this.in.u32()) + "f");
            case 'D' -> scalar(String.valueOf(Double.longBitsToDouble(this.in.u64())));
            default -> any();
        }
    }

    private void converted() {
        number();
        append(this.classes.get(type()) + " of ");
        any();
    }

    private void array() {
        number();
        int dimensions = this.in.u8();
        append(typeName() + "[]".repeat(Math.min(dimensions, JdkTypes.MAX_DIMENSIONS)) + " ");
        elements();
    }

    private void kind(@Nullable Kind kind) {
        if (kind == null) {
            throw malformed("a tag (expected: one of the format)");
        }
        if (kind.sharing != Kind.Sharing.NONE) {
            number();
        }
        append((kind.layout != Kind.Layout.LEAF) ? kind.name + " " : "");
        switch (kind.layout) {
            case LEAF -> leaf(kind);
            case VALUE -> any();
            case PAIR -> pair(": ");
            case SORTED_ELEMENTS -> {
                comparator();
                elements();
            }
            case ELEMENTS -> elements();
            case SORTED_ENTRIES -> {
                comparator();
                entries();
            }
            case ENTRIES -> entries();
            case ENUM_SET -> constants(false);
            case ENUM_MAP -> constants(true);
        }
    }

    private void leaf(Kind kind) {
        Object value = kind.reading.read(this.in, -1);
        if (value == null) {
            throw malformed("nothing (expected: a " + kind.name + ")");
        }
        if (!this.showValues) {
            append(kind.name + " " + HIDDEN);
        }
        else if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < Math.min(length, MAX_ELEMENTS); i++) {
                shown.add(String.valueOf(Array.get(value, i)));
            }
            append(kind.name + " " + shown + ((length > MAX_ELEMENTS) ? " of " + length : ""));
        }
        else {
            append(kind.name + "(" + describe(value) + ")");
        }
    }

    /** Decimal digits of a very long number take very long. */
    private static String describe(Object value) {
        BigInteger integer = (value instanceof BigDecimal decimal) ? decimal.unscaledValue()
                : (value instanceof BigInteger number) ? number : BigInteger.ZERO;
        return (integer.bitLength() > MAX_BITS) ? integer.bitLength() + " bits" : value.toString();
    }

    private void pair(String separator) {
        any();
        append(separator);
        any();
    }

    private void comparator() {
        int code = this.in.u8();
        if (code == KeyRules.REVERSED) {
            append("reversed ");
            comparator();
        }
        else if (code == KeyRules.OBJECT) {
            append("by ");
            any();
            append(" ");
        }
        else {
            append(KeyRules.name(code));
        }
    }

    private void elements() {
        int length = this.in.elements(1);
        append("[");
        for (int i = 0; i < length; i++) {
            this.in.element(1);
            append((i > 0) ? ", " : "");
            any();
        }
        append("]");
    }

    private void entries() {
        int length = this.in.elements(2);
        append("{");
        for (int i = 0; i < length; i++) {
            this.in.element(2);
            append((i > 0) ? ", " : "");
            pair(": ");
        }
        append("}");
    }

    private void constants(boolean values) {
        append("of " + typeName() + (values ? " {" : " ["));
        int length = this.in.elements(1);
        for (int i = 0; i < length; i++) {
            this.in.element(1);
            append((i > 0) ? ", " : "");
            scalar(this.in.text());
            if (values) {
                append(": ");
                any();
            }
        }
        append(values ? "}" : "]");
    }

}
