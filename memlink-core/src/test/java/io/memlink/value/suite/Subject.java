package io.memlink.value.suite;

import java.util.List;

import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.ClientFlags;
import io.memlink.transcoder.JdkTranscoder;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import io.memlink.value.ValueNotReadableException;
import io.memlink.value.ValueNotSupportedException;

/**
 * A way of making bytes of values that the suite can be run over. Anything thrown that is
 * neither a refusal nor a miss is a failure of it.
 */
interface Subject {

    /** The closed format for values. */
    Subject FORMAT = new Subject() {

        @Override
        public String name() {
            return "format";
        }

        @Override
        public boolean isStrict() {
            return true;
        }

        @Override
        public long allocationLimit(int bytes) {
            return 2_000_000 + 300L * bytes;
        }

        @Override
        public Session open(ClassLoader loader, List<String> trusted) {
            ValueFormat format = ValueFormat.of(loader, TrustedClasses.of(trusted));
            return new Session() {

                @Override
                public byte[] encode(Object value) {
                    return format.encode(value);
                }

                @Override
                public Object decode(byte[] bytes) {
                    return format.decode(bytes);
                }

            };
        }

        @Override
        public boolean isRefusal(Throwable thrown) {
            return thrown instanceof ValueNotSupportedException;
        }

        @Override
        public boolean isMiss(Throwable thrown) {
            return thrown instanceof ValueNotReadableException;
        }

    };

    /** Serialization of the JDK, limited to trusted classes. */
    Subject JDK = new Subject() {

        @Override
        public String name() {
            return "jdk";
        }

        @Override
        public boolean isStrict() {
            return false;
        }

        @Override
        public long allocationLimit(int bytes) {
            // Keys of one hash code that cannot be ordered are compared with one another,
            // at a cost that the JDK decides.
            return 20_000_000 + 1_500L * bytes;
        }

        @Override
        public Session open(ClassLoader loader, List<String> trusted) {
            StringBuilder filter = new StringBuilder("java.**;");
            trusted.forEach((each) -> filter.append(each).append(".**;").append(each).append(";"));
            JdkTranscoder transcoder = new JdkTranscoder(filter.append("!*").toString(), loader);
            return new Session() {

                @Override
                public byte[] encode(Object value) {
                    return transcoder.encode(value).data();
                }

                @Override
                public Object decode(byte[] bytes) {
                    return transcoder.decode(new EncodedValue(bytes, ClientFlags.of(ClientFlags.JDK).bits()));
                }

            };
        }

        @Override
        public boolean isRefusal(Throwable thrown) {
            return thrown instanceof IllegalArgumentException;
        }

        @Override
        public boolean isMiss(Throwable thrown) {
            return thrown instanceof IllegalArgumentException;
        }

    };

    /** The subject of a name. */
    static Subject named(String name) {
        return List.of(FORMAT, JDK).stream().filter((each) -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /** What its tables are called. */
    String name();

    /**
     * Whether it promises that what it wrote is read by the same program, and is the
     * same.
     */
    boolean isStrict();

    /** How many bytes may be allocated to read so many. */
    long allocationLimit(int bytes);

    /** Begins anew, knowing no class yet. */
    Session open(ClassLoader loader, List<String> trusted);

    /** Whether a value was refused at write in the way that is documented. */
    boolean isRefusal(Throwable thrown);

    /** Whether bytes were refused at read in the way that is documented. */
    boolean isMiss(Throwable thrown);

    /** One writer and reader. */
    interface Session {

        byte[] encode(Object value);

        Object decode(byte[] bytes);

    }

}
