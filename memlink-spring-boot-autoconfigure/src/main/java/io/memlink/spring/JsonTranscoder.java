package io.memlink.spring;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.memlink.EncodedValue;
import io.memlink.Transcoder;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Any object as JSON, with its type; byte arrays and text as they are. Safe for use by
 * many threads.
 * <p>
 * A cache is written by everybody who can reach it, so a type that is read from it is
 * believed only if it is in one of the trusted packages, or one of the plain types of the
 * JDK: those of {@code java.lang} that hold a value, {@code java.math},
 * {@code java.time}, {@code java.util} and arrays of them.
 *
 * @since 0.1.0
 */
public final class JsonTranscoder implements Transcoder<Object> {

    private static final String ARRAY = "(\\[+L)?";

    private static final Pattern VALUES_OF_THE_JDK = Pattern.compile(ARRAY
            + "java\\.lang\\.(Boolean|Byte|Character|Short|Integer|Long|Float|Double|String|Number|Object)(;)?"
            + "|\\[+[ZBCSIJFD]|" + ARRAY + "java\\.math\\.Big(Integer|Decimal)(;)?|" + ARRAY
            + "java\\.time\\.([a-z]+\\.)?[A-Z][A-Za-z$]*(;)?|" + ARRAY + "java\\.util\\.[A-Z][A-Za-z0-9$]*(;)?");

    private final ObjectWriter writer;

    private final ObjectReader reader;

    /**
     * Creates a transcoder.
     * @param mapper how objects look as JSON; is not changed
     * @param trustedPackages packages whose types may be read, those below them included
     */
    public JsonTranscoder(JsonMapper mapper, Collection<String> trustedPackages) {
        JsonMapper typed = mapper.rebuild()
            .activateDefaultTyping(validator(trustedPackages), DefaultTyping.NON_FINAL, JsonTypeInfo.As.PROPERTY)
            .build();
        // Seen as an object, every value but the simplest takes its type along.
        this.writer = typed.writerFor(Object.class);
        this.reader = typed.readerFor(Object.class);
    }

    private static PolymorphicTypeValidator validator(Collection<String> trustedPackages) {
        BasicPolymorphicTypeValidator.Builder validator = BasicPolymorphicTypeValidator.builder()
            .allowIfSubType(VALUES_OF_THE_JDK);
        for (String trusted : trustedPackages) {
            if (trusted.isBlank()) {
                throw new IllegalArgumentException("trustedPackages: \"\" (expected: the name of a package)");
            }
            validator.allowIfSubType(Pattern.compile(ARRAY + Pattern.quote(trusted + ".") + ".*"));
        }
        return validator.build();
    }

    @Override
    public EncodedValue encode(Object value) {
        if (value instanceof byte[] bytes) {
            return new EncodedValue(bytes, ValueFormat.BYTES.flags());
        }
        if (value instanceof String text) {
            return new EncodedValue(Transcoder.text().encode(text).data(), ValueFormat.TEXT.flags());
        }
        return new EncodedValue(this.writer.writeValueAsBytes(value), ValueFormat.JSON.flags());
    }

    @Override
    public Object decode(EncodedValue value) {
        return switch (ValueFormat.of(value.flags())) {
            case BYTES -> value.data();
            case TEXT -> new String(value.data(), StandardCharsets.UTF_8);
            case JSON -> json(value.data());
        };
    }

    private Object json(byte[] data) {
        Object value = this.reader.readValue(data);
        if (value == null) {
            throw new IllegalArgumentException("value: null (expected: an object)");
        }
        return value;
    }

}
