package io.memlink.value;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Comparison of records with what their constructors make of their parts. A constructor
 * is given the caller's own parts only if nobody can change them, and copies otherwise.
 * One that was not written by hand need not be asked.
 */
final class RecordCheck {

    private RecordCheck() {
    }

    /** Compares a record whose parts nobody can change. */
    static void compare(ValueWriter out, FieldAccess access, Parts parts) {
        Parts made = access.take(make(access, parts));
        boolean same = Arrays.equals(parts.bits, made.bits);
        for (int i = 0; i < parts.objects.length && same; i++) {
            Object was = parts.objects[i];
            Object is = made.objects[i];
            same = was == is || was != null && is != null && out.isSame(was, is);
        }
        requireSame(access, same);
    }

    /** Compares a record by one that is made of copies of its parts. */
    static void compareCopies(ValueWriter out, FieldAccess access, Parts parts) {
        Parts copies = new Parts(parts.bits.length, parts.objects.length);
        System.arraycopy(parts.bits, 0, copies.bits, 0, parts.bits.length);
        byte[][] before = new byte[parts.objects.length][];
        for (int i = 0; i < before.length; i++) {
            Object copy = (parts.objects[i] != null) ? out.copy(parts.objects[i]) : null;
            copies.objects[i] = copy;
            before[i] = out.content(copy);
        }
        Parts made = access.take(make(access, copies));
        boolean same = Arrays.equals(parts.bits, made.bits);
        for (int i = 0; i < before.length && same; i++) {
            same = Arrays.equals(before[i], out.content(made.objects[i]));
        }
        requireSame(access, same);
    }

    private static Object make(FieldAccess access, Parts parts) {
        try {
            return access.makeRecord(parts.bits, parts.objects);
        }
        catch (ValueNotReadableException ex) {
            throw new ValueNotSupportedException(access.type().getName(), "whose constructor does not accept its parts",
                    "a constructor that accepts what it made", ex.getCause());
        }
    }

    private static void requireSame(FieldAccess access, boolean same) {
        if (!same) {
            throw ValueNotSupportedException.of(access.type(), "whose constructor makes something else of its parts",
                    "a constructor that keeps what it is given, or a converter");
        }
    }

    /** How many objects are directly in one, as far as it is looked at. */
    static int length(Object object) {
        if (object instanceof Collection<?> collection) {
            return collection.size();
        }
        return (object instanceof Map<?, ?> map) ? map.size() : (object instanceof Object[] array) ? array.length : 1;
    }

    /**
     * Whether one object is a copy of the other that has the very same parts, so that
     * what is in them needs not be looked at: as where a constructor copies a list. False
     * where that does not show.
     */
    static boolean isCopy(Object one, Object other) {
        if (one == other || isPlain(one)) {
            return one.equals(other);
        }
        if (one.getClass() != other.getClass()) {
            return false;
        }
        if (one instanceof Object[] array) {
            return hasSame(Arrays.asList(array), Arrays.asList((Object[]) other));
        }
        Kind kind = Kind.of(one.getClass());
        if (kind == null || kind.layout == Kind.Layout.LEAF || kind.of(one) != kind.of(other)) {
            return false;
        }
        Object content = Foreign.Wrapper.content(one);
        Object copy = Foreign.Wrapper.content(other);
        if (content.getClass() != copy.getClass() && !(content instanceof List && copy instanceof List)
                && !(isTable(content) && isTable(copy))) {
            return false;
        }
        return haveSameParts(content, copy);
    }

    /** Whether it is what a wrapper of a table without an order comes back with. */
    private static boolean isTable(Object content) {
        return KeyRules.hasNoOrder(content) || content.getClass() == LinkedHashMap.class
                || content.getClass() == LinkedHashSet.class;
    }

    private static boolean haveSameParts(Object one, Object other) {
        if (Foreign.Wrapper.isOrderedOtherwise(one, other)) {
            return false;
        }
        boolean unordered = KeyRules.hasNoOrder(other);
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> copy) {
            return unordered ? haveSameEntries(map, copy)
                    : hasSame(map.keySet(), copy.keySet()) && hasSame(map.values(), copy.values());
        }
        if (one instanceof Collection<?> collection && other instanceof Collection<?> copy) {
            return unordered ? haveSameEntries(asMap(collection), asMap(copy)) : hasSame(collection, copy);
        }
        return one instanceof Optional<?> optional && other instanceof Optional<?> copy
                && isSamePart(optional.orElse(null), copy.orElse(null));
    }

    private static Map<@Nullable Object, @Nullable Object> asMap(Collection<?> keys) {
        Map<@Nullable Object, @Nullable Object> map = new IdentityHashMap<>();
        keys.forEach((key) -> map.put(key, null));
        return map;
    }

    private static boolean haveSameEntries(Map<?, ?> one, Map<?, ?> other) {
        Map<@Nullable Object, @Nullable Object> plain = new HashMap<>();
        Map<@Nullable Object, @Nullable Object> others = new IdentityHashMap<>();
        other.forEach((key, value) -> (isPlain(key) ? plain : others).put(key, value));
        boolean same = one.size() == other.size();
        for (Map.Entry<?, ?> entry : one.entrySet()) {
            Map<@Nullable Object, @Nullable Object> map = isPlain(entry.getKey()) ? plain : others;
            same = same && map.containsKey(entry.getKey()) && isSamePart(entry.getValue(), map.get(entry.getKey()));
        }
        return same;
    }

    private static boolean hasSame(Collection<?> one, Collection<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<?> others = other.iterator();
        for (Object part : one) {
            if (!others.hasNext() || !isSamePart(part, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSamePart(@Nullable Object one, @Nullable Object other) {
        return one == other || one != null && other != null && isPlain(one) && one.equals(other);
    }

    /** The parts that hashing an object hashes, whatever the application does. */
    static Iterable<? extends @Nullable Object> hashedParts(Object object) {
        Class<?> type = object.getClass();
        if (type.isRecord()) {
            ClassDescriptor descriptor = ClassDescriptor.of(type);
            return (descriptor.problem == null && descriptor.access().hashesParts)
                    ? Arrays.asList(descriptor.access().take(object).objects) : List.of();
        }
        if (object instanceof Optional<?> optional) {
            return Collections.singletonList(optional.orElse(null));
        }
        if (object instanceof Map.Entry<?, ?> entry) {
            return Arrays.asList(entry.getKey(), entry.getValue());
        }
        if (object instanceof Map<?, ?> map) {
            List<@Nullable Object> parts = new ArrayList<>(map.keySet());
            parts.addAll(map.values());
            return parts;
        }
        return (object instanceof List<?> || object instanceof Set<?>) ? (Collection<?>) object : List.of();
    }

    /** Whether a part is a plain value, equal to its copies and to nothing else. */
    static boolean isPlain(@Nullable Object part) {
        return KeyRules.isSimple(part) || part instanceof Boolean || part instanceof Character || part instanceof Byte
                || part instanceof Short || part instanceof Float || part instanceof Double
                || part != null && (part.getClass() == BigDecimal.class || part.getClass() == BigInteger.class);
    }

    /**
     * The parts of one object: its numbers, as bits, and its objects, each in the order
     * of the fields.
     */
    static final class Parts {

        private static final long[] NO_NUMBERS = {};

        final long[] bits;

        final @Nullable Object[] objects;

        Parts(int numbers, int objects) {
            this.bits = (numbers > 0) ? new long[numbers] : NO_NUMBERS;
            this.objects = new @Nullable Object[objects];
        }

    }

    /**
     * The code of a canonical constructor, as the class file has it. The one that a
     * compiler makes for a record without one stores each parameter in its field, and is
     * the same for all records but for their types.
     */
    static final class ConstructorCode {

        private static final int MAGIC = 0xCAFEBABE;

        private static final int ALOAD_0 = 0x2a;

        private static final int RETURN = 0xb1;

        private static final int PUTFIELD = 0xb5;

        private static final int INVOKESPECIAL = 0xb7;

        private static final int LAST_SHORT_SLOT = 3;

        private static final int LAST_SLOT = 255;

        /** What each constant says: text, or the numbers of other constants. */
        private final @Nullable Object[] constants;

        private ConstructorCode(@Nullable Object[] constants) {
            this.constants = constants;
        }

        /**
         * Whether the constructor keeps its parts as they are, whatever they are; false
         * also where that is not known.
         */
        static boolean keepsParts(Class<?> record) {
            String file = record.getName().substring(record.getName().lastIndexOf('.') + 1) + ".class";
            try (InputStream in = record.getResourceAsStream(file)) {
                return in != null && read(new DataInputStream(in), record);
            }
            catch (IOException | RuntimeException ex) {
                // Made at run time, or for a virtual machine that is not known.
                return false;
            }
        }

        private static boolean read(DataInputStream in, Class<?> record) throws IOException {
            if (in.readInt() != MAGIC) {
                return false;
            }
            in.readInt();
            ConstructorCode code = new ConstructorCode(new @Nullable Object[in.readUnsignedShort()]);
            code.readConstants(in);
            in.skipNBytes(6);
            in.skipNBytes(2L * in.readUnsignedShort());
            for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
                in.skipNBytes(6);
                skipAttributes(in);
            }
            RecordComponent[] components = record.getRecordComponents();
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            String descriptor = MethodType.methodType(void.class, types).descriptorString();
            for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
                in.skipNBytes(2);
                Object name = code.constants[in.readUnsignedShort()];
                Object type = code.constants[in.readUnsignedShort()];
                if ("<init>".equals(name) && descriptor.equals(type)) {
                    return code.stores(code.readCode(in), record, components);
                }
                skipAttributes(in);
            }
            return false;
        }

        private void readConstants(DataInputStream in) throws IOException {
            for (int i = 1; i < this.constants.length; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> this.constants[i] = in.readUTF();
                    case 7 -> this.constants[i] = new int[] { in.readUnsignedShort() };
                    case 9, 10, 11, 12 ->
                        this.constants[i] = new int[] { in.readUnsignedShort(), in.readUnsignedShort() };
                    case 3, 4, 17, 18 -> in.skipNBytes(4);
                    case 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++;
                    }
                    default -> throw new IOException("constant " + tag);
                }
            }
        }

        private static void skipAttributes(DataInputStream in) throws IOException {
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.skipNBytes(2);
                in.skipNBytes(in.readInt());
            }
        }

        private byte[] readCode(DataInputStream in) throws IOException {
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                Object name = this.constants[in.readUnsignedShort()];
                int length = in.readInt();
                if ("Code".equals(name)) {
                    in.skipNBytes(4);
                    return in.readNBytes(in.readInt());
                }
                in.skipNBytes(length);
            }
            throw new IOException("no code");
        }

        /**
         * Whether the code stores each parameter, one after the other, and that is all.
         */
        private boolean stores(byte[] code, Class<?> record, RecordComponent[] components) {
            int at = 0;
            if (code[at++] != ALOAD_0 || code[at++] != (byte) INVOKESPECIAL
                    || !member(code, at).equals("java/lang/Record.<init>()V")) {
                return false;
            }
            at += 2;
            String owner = record.getName().replace('.', '/');
            int slot = 1;
            for (RecordComponent component : components) {
                String type = component.getType().descriptorString();
                if (slot > LAST_SLOT || code[at++] != ALOAD_0) {
                    return false;
                }
                int kind = "JFD".indexOf(type) + 1;
                kind = (type.length() > 1) ? 4 : kind;
                if (slot <= LAST_SHORT_SLOT) {
                    if (code[at++] != 26 + 4 * kind + slot) {
                        return false;
                    }
                }
                else if (code[at++] != 21 + kind || (code[at++] & 0xff) != slot) {
                    return false;
                }
                if (code[at++] != (byte) PUTFIELD
                        || !member(code, at).equals(owner + "." + component.getName() + type)) {
                    return false;
                }
                at += 2;
                slot += (kind == 1 || kind == 3) ? 2 : 1;
            }
            return code[at] == (byte) RETURN && code.length == at + 1;
        }

        /** The field or method that two bytes of the code stand for. */
        private String member(byte[] code, int at) {
            int[] reference = numbers((code[at] & 0xff) << 8 | code[at + 1] & 0xff);
            int[] nameAndType = numbers(reference[1]);
            return this.constants[numbers(reference[0])[0]] + "." + this.constants[nameAndType[0]]
                    + this.constants[nameAndType[1]];
        }

        private int[] numbers(int index) {
            if (this.constants[index] instanceof int[] numbers) {
                return numbers;
            }
            throw new IllegalArgumentException("constant " + index);
        }

    }

}
