package io.memlink.spring.json;

import java.lang.reflect.Array;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one value as JSON. Belongs to one thread.
 */
final class JsonOutput {

    static final String TYPE = "@type";

    private final JsonGenerator json;

    private final JsonClasses classes;

    /** What can be changed and is there already, by identity. */
    private final Set<Object> changeable = Collections.newSetFromMap(new IdentityHashMap<>());

    /** How many parts there may be: what is shared is written each time it is there. */
    private int partsLeft;

    JsonOutput(JsonGenerator json, JsonClasses classes, int parts) {
        this.json = json;
        this.classes = classes;
        this.partsLeft = parts;
    }

    void any(@Nullable Object value) {
        if (--this.partsLeft < 0) {
            throw new IllegalArgumentException("with parts that are shared so often that JSON would become too large");
        }
        if (value == null) {
            this.json.writeNull();
        }
        else if (value instanceof String text) {
            this.json.writeString(text);
        }
        else if (value instanceof Integer number) {
            this.json.writeNumber(number);
        }
        else if (value instanceof Boolean flag) {
            this.json.writeBoolean(flag);
        }
        else if (value instanceof Double number && Double.isFinite(number)) {
            this.json.writeNumber(number.toString());
        }
        else if (value instanceof Enum<?> constant) {
            constant(constant);
        }
        else if (value instanceof Object[] array) {
            once(array, array.length == 0);
            elements(this.classes.arrayId(array.getClass()), array);
        }
        else {
            kind(value);
        }
    }

    private void constant(Enum<?> constant) {
        this.json.writeStartArray();
        this.json.writeString(this.classes.enumId(constant.getDeclaringClass()));
        this.json.writeString(constant.name());
        this.json.writeEndArray();
    }

    private void kind(Object value) {
        JsonKind kind = JsonKinds.of(value);
        once(value, (kind != null) ? isFixed(kind, value) : value.getClass().isRecord());
        if (kind instanceof JsonKind.Text text) {
            this.json.writeStartArray();
            this.json.writeString(text.tag());
            String content = text.toText(value);
            if (text.isNumber() && !content.endsWith("y") && !content.endsWith("N")) {
                this.json.writeNumber(content);
            }
            else {
                this.json.writeString(content);
            }
            this.json.writeEndArray();
        }
        else if (kind instanceof JsonKind.Parts parts) {
            elements(parts.tag(), parts.take(value));
        }
        else {
            object(value);
        }
    }

    private static boolean isFixed(JsonKind kind, Object value) {
        return kind.isFixed() || value.getClass().isArray() && Array.getLength(value) == 0;
    }

    /**
     * What can be changed must not be there twice as one object, since it would come back
     * as two, and a change of the one would not be seen in the other.
     */
    private void once(Object value, boolean isFixed) {
        if (!isFixed && !this.changeable.add(value)) {
            throw new IllegalArgumentException("with one " + value.getClass().getTypeName()
                    + " in it in two places, which can be changed and would become two");
        }
    }

    private void elements(String tag, @Nullable Object[] elements) {
        this.json.writeStartArray();
        this.json.writeString(tag);
        for (Object element : elements) {
            any(element);
        }
        this.json.writeEndArray();
    }

    private void object(Object value) {
        JsonClass type = this.classes.of(value.getClass());
        this.json.writeStartObject();
        this.json.writeName(TYPE);
        this.json.writeString(type.id());
        for (JsonClass.Part part : type.parts()) {
            this.json.writeName(part.name());
            Object content = part.get(value);
            if (content instanceof Number number && part.isPrimitive()) {
                primitive(number);
            }
            else if (content instanceof Character character && part.isPrimitive()) {
                this.json.writeString(character.toString());
            }
            else {
                any(content);
            }
        }
        this.json.writeEndObject();
    }

    private void primitive(Number number) {
        if (Double.isFinite(number.doubleValue())) {
            this.json.writeNumber(number.toString());
        }
        else {
            this.json.writeString(number.toString());
        }
    }

}
