package io.memlink.spring;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * JSON form of an {@link Optional} where JSON includes types: an array of one element or
 * none. By default Jackson writes only the content, which is read back as itself where
 * the declared type does not say that it was in an {@code Optional}.
 */
final class OptionalValues {

    private OptionalValues() {
    }

    static JacksonModule module() {
        return new SimpleModule("memlink-optional").addSerializer(new Writer())
            .addDeserializer(Optional.class, new Reader());
    }

    /**
     * Serializer of the content with its type.
     */
    private static final class Writer extends StdSerializer<Optional<?>> {

        Writer() {
            super(Optional.class);
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator json, SerializationContext context) {
            json.writeStartArray(value);
            writeContent(value, json, context);
            json.writeEndArray();
        }

        @Override
        public void serializeWithType(Optional<?> value, JsonGenerator json, SerializationContext context,
                TypeSerializer types) {
            WritableTypeId type = types.writeTypePrefix(json, context,
                    types.typeId(value, Optional.class, JsonToken.START_ARRAY));
            writeContent(value, json, context);
            types.writeTypeSuffix(json, context, type);
        }

        private static void writeContent(Optional<?> value, JsonGenerator json, SerializationContext context) {
            if (value.isPresent()) {
                Object content = value.get();
                TypeSerializer types = context.findTypeSerializer(context.constructType(Object.class));
                context.findRootValueSerializer(content.getClass()).serializeWithType(content, json, context, types);
            }
        }

    }

    /**
     * Deserializer of what {@link Writer} writes.
     */
    private static final class Reader extends StdDeserializer<Optional<?>> {

        Reader() {
            super(Optional.class);
        }

        @Override
        public Optional<?> deserialize(JsonParser json, DeserializationContext context) throws JacksonException {
            if (!json.isExpectedStartArrayToken()) {
                return (Optional<?>) context.handleUnexpectedToken(Optional.class, json);
            }
            if (json.nextToken() == JsonToken.END_ARRAY) {
                return Optional.empty();
            }
            JavaType any = context.constructType(Object.class);
            Optional<?> value = Optional.of(context.findRootValueDeserializer(any).deserialize(json, context));
            if (json.nextToken() != JsonToken.END_ARRAY) {
                handleMissingEndArrayForSingle(json, context);
            }
            return value;
        }

        @Override
        public @Nullable Object deserializeWithType(JsonParser json, DeserializationContext context,
                TypeDeserializer types) {
            return types.deserializeTypedFromArray(json, context);
        }

    }

}
