package io.memlink.spring;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.memlink.Transcoder;
import io.memlink.spring.TranscoderSettings.Format;
import io.memlink.spring.TranscoderSettings.Profile;
import io.memlink.spring.json.StrictJsonTranscoder;
import io.memlink.transcoder.ClientFlags;
import io.memlink.transcoder.CompressingTranscoder;
import io.memlink.transcoder.InteropTranscoder;
import io.memlink.transcoder.JdkTranscoder;
import io.memlink.transcoder.ObjectTranscoder;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.ClassUtils;

/**
 * Factory of transcoders that share the formats of an application. Immutable but for what
 * it counts; the transcoders are safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class TranscoderFactory {

    private static final String JACKSON = "tools.jackson.databind.json.JsonMapper";

    private final @Nullable JsonTranscoder application;

    private final @Nullable JdkTranscoder jdk;

    private final ValueFormat values;

    private final RefusedValues refused = new RefusedValues();

    /**
     * Creates a factory whose own format trusts the packages that the JSON trusts.
     * @param json JSON as the mapper of the application has it, or {@code null} for none
     * @param jdk writes what JDK serialization may read, or {@code null} where there is
     * no filter that says so
     */
    public TranscoderFactory(@Nullable JsonTranscoder json, @Nullable JdkTranscoder jdk) {
        this(json, jdk, defaultFormat((json != null) ? json.trustedPackages() : List.of()));
    }

    private static ValueFormat defaultFormat(List<String> trusted) {
        ClassLoader classLoader = Objects.requireNonNullElse(ClassUtils.getDefaultClassLoader(),
                TranscoderFactory.class.getClassLoader());
        return ValueFormat.of(classLoader, TrustedClasses.of(trusted));
    }

    /**
     * Creates a factory.
     * @param json JSON as the mapper of the application has it, or {@code null} for none
     * @param jdk writes what JDK serialization may read, or {@code null} where there is
     * no filter that says so
     * @param values Memlink's own format, which also says what the strict JSON may write
     */
    public TranscoderFactory(@Nullable JsonTranscoder json, @Nullable JdkTranscoder jdk, ValueFormat values) {
        this.application = json;
        this.jdk = jdk;
        this.values = Objects.requireNonNull(values, "values");
    }

    /**
     * Returns what transcoders of this factory refused to write.
     * @return the counts, which go on
     */
    public RefusedValues refusedValues() {
        return this.refused;
    }

    /**
     * Returns a transcoder of objects of any type.
     * @param settings how they become bytes, and what else is read
     * @return the transcoder
     * @throws IllegalArgumentException where the settings ask for what there is not
     */
    public Transcoder<Object> objects(TranscoderSettings settings) {
        if (settings.profile() != Profile.NATIVE) {
            // As it is: caches look at its type, since nothing but values may be seen by
            // other clients.
            return new InteropTranscoder(this.jdk, settings.compressionThreshold(), settings.limit());
        }
        return compressing(plainObjects(settings), settings);
    }

    private Transcoder<Object> plainObjects(TranscoderSettings settings) {
        Map<Integer, Transcoder<Object>> others = new HashMap<>();
        Set<Format> alsoRead = EnumSet.noneOf(Format.class);
        alsoRead.addAll(settings.alsoRead());
        alsoRead.remove(settings.format());
        alsoRead.forEach((format) -> others.put(ClientFlags.of(codec(format)).bits(), transcoder(format)));
        Transcoder<Object> values = transcoder(settings.format());
        return others.isEmpty() ? values : new MixedTranscoder(values, Map.copyOf(others));
    }

    private static int codec(Format format) {
        return switch (format) {
            case TYPED -> ClientFlags.TYPED;
            case JSON -> ClientFlags.FIELD_JSON;
            case JDK -> ClientFlags.JDK;
            case APPLICATION -> ClientFlags.JSON;
        };
    }

    private Transcoder<Object> transcoder(Format format) {
        Transcoder<Object> values = switch (format) {
            case TYPED -> ObjectTranscoder.typed(this.values);
            case JSON -> json();
            case JDK -> new ObjectTranscoder(jdk());
            case APPLICATION -> application();
        };
        return this.refused.counting(values, format.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Returns transcoders of types that are known, as JSON without their names: other
     * programs read it more easily, and no packages need to be trusted. They also read
     * what {@link #objects} wrote, which does not read what they write. Values of plain
     * types are as they are there.
     * @param settings how values are compressed
     * @return the transcoders
     * @throws IllegalArgumentException where nobody writes JSON
     */
    public TypedTranscoders declared(TranscoderSettings settings) {
        JsonTranscoder json = application();
        Transcoder<Object> objects = plainObjects(settings);
        return new TypedTranscoders() {

            @Override
            public <V> Transcoder<V> of(ParameterizedTypeReference<V> type) {
                Transcoder<V> values = new DeclaredTranscoder<>(json.declared(type),
                        CheckedTranscoder.of(objects, type));
                return compressing(values, settings);
            }

        };
    }

    private static <V> Transcoder<V> compressing(Transcoder<V> values, TranscoderSettings settings) {
        // Without a compression, too: it reads what was written while there was one.
        return new CompressingTranscoder<>(values, settings.compression(), settings.compressionThreshold(),
                settings.limit());
    }

    private Transcoder<Object> json() {
        if (!ClassUtils.isPresent(JACKSON, TranscoderFactory.class.getClassLoader())) {
            throw noJson(Format.JSON);
        }
        JacksonVersion.require();
        return new ObjectTranscoder(new StrictJsonTranscoder(this.values));
    }

    private JsonTranscoder application() {
        if (this.application == null) {
            throw noJson(Format.APPLICATION);
        }
        JacksonVersion.require();
        return this.application;
    }

    private static IllegalArgumentException noJson(Format format) {
        return new IllegalArgumentException("format: " + format.name().toLowerCase(Locale.ROOT)
                + " (expected: tools.jackson.core:jackson-databind on the class path, or another format)");
    }

    private JdkTranscoder jdk() {
        if (this.jdk == null) {
            throw new IllegalArgumentException(
                    "format: jdk (expected: a filter of the classes that may be read, as memlink.serialization.jdk-filter)");
        }
        return this.jdk;
    }

}
