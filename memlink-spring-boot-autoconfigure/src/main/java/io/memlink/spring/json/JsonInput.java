package io.memlink.spring.json;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads what {@link JsonOutput} writes. Belongs to one thread.
 */
final class JsonInput {

    private final JsonParser json;

    private final JsonClasses classes;

    private final JsonKeys keys;

    /**
     * Creates a reader of one value.
     * @param json what is read
     * @param classes those of the application
     * @param bytes how many there are to read
     */
    JsonInput(JsonParser json, JsonClasses classes, int bytes) {
        this.keys = new JsonKeys(bytes);
        this.json = json;
        this.classes = classes;
    }

    /** Reads the value that begins with the current token. */
    @Nullable Object any() {
        JsonToken token = this.json.currentToken();
        if (token == null) {
            throw unexpected();
        }
        this.keys.work(1);
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> weighed(this.json.getString());
            case VALUE_NUMBER_INT -> this.json.getIntValue();
            case VALUE_NUMBER_FLOAT -> this.json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> tagged();
            case START_OBJECT -> object();
            default -> throw unexpected();
        };
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("JSON: a " + this.json.currentToken() + " (expected: a value)");
    }

    private String text() {
        if (this.json.nextToken() != JsonToken.VALUE_STRING) {
            throw unexpected();
        }
        return this.json.getString();
    }

    private Object tagged() {
        String tag = text();
        JsonKind kind = JsonKinds.of(tag);
        if (kind instanceof JsonKind.Text text) {
            return text.fromText(single());
        }
        if (kind instanceof JsonKind.Parts parts) {
            return parts.make(parts(parts));
        }
        if (tag.endsWith("[]")) {
            return array(this.classes.arrayElement(tag));
        }
        return this.classes.constant(tag, single());
    }

    /** A text is compared quickly. */
    private String weighed(String text) {
        this.keys.work(text.length() >> 4);
        return text;
    }

    /** The one text or number that is left. */
    private String single() {
        JsonToken token = this.json.nextToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw unexpected();
        }
        String text = weighed(this.json.getString());
        if (this.json.nextToken() != JsonToken.END_ARRAY) {
            throw unexpected();
        }
        return text;
    }

    private @Nullable Object[] parts(JsonKind.Parts kind) {
        JsonKind.Keys which = kind.keys();
        if (which == JsonKind.Keys.NONE) {
            return elements().toArray();
        }
        List<@Nullable Object> parts = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        while (this.json.nextToken() != JsonToken.END_ARRAY) {
            long before = this.keys.work();
            if (which.has(parts.size())) {
                this.keys.begin();
                parts.add(any());
                this.keys.end();
            }
            else {
                parts.add(any());
            }
            weights.add(this.keys.work() - before);
        }
        @Nullable Object[] all = parts.toArray();
        this.keys.requireSpread(all, weights, kind);
        return all;
    }

    private List<@Nullable Object> elements() {
        List<@Nullable Object> elements = new ArrayList<>();
        while (this.json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(any());
        }
        return elements;
    }

    private Object array(Class<?> type) {
        List<@Nullable Object> elements = elements();
        return elements.toArray((@Nullable Object[]) Array.newInstance(type, elements.size()));
    }

    private Object object() {
        if (this.json.nextToken() != JsonToken.PROPERTY_NAME || !JsonOutput.TYPE.equals(this.json.currentName())) {
            throw unexpected();
        }
        JsonClass type = this.classes.of(text());
        @Nullable Object[] contents = new @Nullable Object[type.parts().size()];
        for (int i = 0; i < contents.length; i++) {
            JsonClass.Part part = type.parts().get(i);
            if (this.json.nextToken() != JsonToken.PROPERTY_NAME || !part.name().equals(this.json.currentName())) {
                throw unexpected();
            }
            this.json.nextToken();
            contents[i] = part.isPrimitive() ? part.parse(scalar()) : any();
        }
        if (this.json.nextToken() != JsonToken.END_OBJECT) {
            throw unexpected();
        }
        return type.make(contents);
    }

    private String scalar() {
        JsonToken token = this.json.currentToken();
        if (token == null || !token.isScalarValue()) {
            throw unexpected();
        }
        return this.json.getString();
    }

}
