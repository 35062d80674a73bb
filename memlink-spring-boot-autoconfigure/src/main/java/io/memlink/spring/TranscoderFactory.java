package io.memlink.spring;

import io.memlink.Transcoder;
import io.memlink.spring.TranscoderSettings.Profile;
import io.memlink.transcoder.ClientFlags;
import io.memlink.transcoder.CompressingTranscoder;
import io.memlink.transcoder.InteropTranscoder;
import io.memlink.transcoder.JdkTranscoder;
import io.memlink.transcoder.ObjectTranscoder;
import io.memlink.value.ValueFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Factory of transcoders that share the formats of an application. Immutable; the
 * transcoders are safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class TranscoderFactory {

    private final @Nullable JsonTranscoder json;

    private final @Nullable JdkTranscoder jdk;

    private final @Nullable Transcoder<Object> typed;

    /**
     * Creates a factory.
     * @param json writes JSON, or {@code null} for no JSON
     * @param jdk writes what JDK serialization may read, or {@code null} where there is
     * no filter that says so
     */
    public TranscoderFactory(@Nullable JsonTranscoder json, @Nullable JdkTranscoder jdk) {
        this(json, jdk, null);
    }

    /**
     * Creates a factory.
     * @param json reads and writes JSON, or {@code null} for no JSON
     * @param jdk writes what JDK serialization may read, or {@code null} where there is
     * no filter that says so
     * @param values reads and writes Memlink's own format, or {@code null} for none
     */
    public TranscoderFactory(@Nullable JsonTranscoder json, @Nullable JdkTranscoder jdk, @Nullable ValueFormat values) {
        this.json = json;
        this.jdk = jdk;
        this.typed = (values != null) ? new RefusalLog(ObjectTranscoder.typed(values)) : null;
    }

    /**
     * Returns a transcoder of objects of any type. It reads JSON and Memlink's own format
     * whichever of the two it writes, as far as the factory has both.
     * @param settings how they become bytes
     * @return the transcoder
     * @throws IllegalArgumentException where the settings ask for what there is not
     */
    public Transcoder<Object> objects(TranscoderSettings settings) {
        if (settings.profile() != Profile.NATIVE) {
            return new InteropTranscoder(this.jdk, settings.compressionThreshold(), settings.limit());
        }
        Transcoder<Object> objects = switch (settings.format()) {
            case JSON -> readingTyped(json());
            case JDK -> new ObjectTranscoder(jdk());
            case TYPED -> ReadingTranscoder.of(typed(), ClientFlags.JSON, this.json);
        };
        return compressing(objects, settings);
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
        JsonTranscoder json = json();
        Transcoder<Object> objects = readingTyped(json);
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

    private Transcoder<Object> readingTyped(JsonTranscoder json) {
        return ReadingTranscoder.of(json, ClientFlags.TYPED, this.typed);
    }

    private Transcoder<Object> typed() {
        if (this.typed == null) {
            throw new IllegalArgumentException("format: typed (expected: a value format, or another format)");
        }
        return this.typed;
    }

    private JsonTranscoder json() {
        if (this.json == null) {
            throw new IllegalArgumentException(
                    "format: json (expected: tools.jackson.core:jackson-databind on the class path, or another format)");
        }
        return this.json;
    }

    private JdkTranscoder jdk() {
        if (this.jdk == null) {
            throw new IllegalArgumentException("format: jdk (expected: a filter of the classes that may be read)");
        }
        return this.jdk;
    }

}
