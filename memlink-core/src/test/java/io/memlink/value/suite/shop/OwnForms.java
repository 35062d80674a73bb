package io.memlink.value.suite.shop;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.math.BigDecimal;

/**
 * Classes with a serial form of their own.
 */
@SuppressWarnings("serial")
public final class OwnForms {

    private OwnForms() {
    }

    public static final class Money implements Serializable {

        private transient BigDecimal amount;

        public Money(String amount) {
            this.amount = new BigDecimal(amount);
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeUTF(this.amount.toString());
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            this.amount = new BigDecimal(in.readUTF());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Money m && m.amount.equals(this.amount);
        }

        @Override
        public int hashCode() {
            return this.amount.hashCode();
        }

    }

    public static final class Only implements Serializable {

        public static final Only INSTANCE = new Only();

        private Only() {
        }

        private Object readResolve() {
            return INSTANCE;
        }

    }

    /** There is one of it, though nothing says so but the private constructor. */
    public static final class SilentOnly implements Serializable {

        public static final SilentOnly INSTANCE = new SilentOnly();

        private SilentOnly() {
        }

    }

    /** Stands for nothing, compared by identity. */
    public static final class Missing implements Serializable {

        public static final Missing NONE = new Missing();

        private Missing() {
        }

    }

    /** An enum as before there were enums. */
    public static final class Level implements Serializable {

        public static final Level LOW = new Level(1);

        public static final Level HIGH = new Level(2);

        private final int value;

        private Level(int value) {
            this.value = value;
        }

        public int value() {
            return this.value;
        }

    }

    /** Has a default, and others. */
    public static class Setting implements Serializable {

        public static final Setting INSTANCE = new Setting("default");

        public String text;

        public Setting(String text) {
            this.text = text;
        }

    }

    public static class Replaced implements Serializable {

        public String text = "t";

        private Object writeReplace() {
            return new Replacement(this.text);
        }

    }

    public static class Replacement implements Serializable {

        private final String text;

        Replacement(String text) {
            this.text = text;
        }

        private Object readResolve() {
            Replaced made = new Replaced();
            made.text = this.text;
            return made;
        }

    }

    public static class External implements Externalizable {

        public String text;

        public External() {
        }

        public External(String text) {
            this.text = text;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(this.text);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            this.text = in.readUTF();
        }

    }

    /** Only checks what it reads. */
    public static class Checking implements Serializable {

        public int n = 1;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (this.n < 0) {
                throw new InvalidObjectException("n");
            }
        }

    }

    public static class Persistent implements Serializable {

        private static final ObjectStreamField[] serialPersistentFields = {
                new ObjectStreamField("other", String.class) };

        public String text = "t";

    }

    public static class InheritsResolve extends Resolving {

        public String own = "o";

    }

    public static class Resolving implements Serializable {

        protected Object readResolve() throws ObjectStreamException {
            return this;
        }

    }

    /** Own form in the parent only. */
    public static class InheritsWrite extends Writing {

        public String own = "o";

    }

    public static class Writing implements Serializable {

        protected transient int secret = 5;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(this.secret);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            this.secret = in.readInt();
        }

    }

    /** A record with a replacement. */
    public record Sealed(String text) implements Serializable {
        private Object writeReplace() {
            return new Records.Box<>(this.text);
        }
    }

    /** Has a method of that name that means something else. */
    public static class NotReally implements Serializable {

        public String text = "t";

        public Object readResolve(String argument) {
            return argument;
        }

    }

}
