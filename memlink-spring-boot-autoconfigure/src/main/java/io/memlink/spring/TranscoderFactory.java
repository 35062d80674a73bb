package io.memlink.spring;

import io.memlink.Transcoder;
import io.memlink.spring.TranscoderSettings.Format;
import io.memlink.spring.TranscoderSettings.Profile;
import io.memlink.transcoder.CompressingTranscoder;
import io.memlink.transcoder.InteropTranscoder;
import io.memlink.transcoder.JdkTranscoder;
import io.memlink.transcoder.ObjectTranscoder;
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

    /**
     * Creates a factory.
     * @param json writes JSON, or {@code null} for no JSON
     * @param jdk writes what JDK serialization may read, or {@code null} where there is
     * no filter that says so
     */
    public TranscoderFactory(@Nullable JsonTranscoder json, @Nullable JdkTranscoder jdk) {
        this.json = json;
        this.jdk = jdk;
    }

    /**
     * Returns a transcoder of objects of any type.
     * @param settings how they become bytes
     * @return the transcoder
     * @throws IllegalArgumentException where the settings ask for what there is not
     */
    public Transcoder<Object> objects(TranscoderSettings settings) {
        if (settings.profile() != Profile.NATIVE) {
            return new InteropTranscoder(this.jdk, settings.compressionThreshold(), settings.limit());
        }
        return compressing((settings.format() == Format.JSON) ? json() : new ObjectTranscoder(jdk()), settings);
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
        return new TypedTranscoders() {

            @Override
            public <V> Transcoder<V> of(ParameterizedTypeReference<V> type) {
                Transcoder<V> values = new DeclaredTranscoder<>(json.declared(type), CheckedTranscoder.of(json, type));
                return compressing(values, settings);
            }

        };
    }

    private static <V> Transcoder<V> compressing(Transcoder<V> values, TranscoderSettings settings) {
        // Without a compression, too: it reads what was written while there was one.
        return new CompressingTranscoder<>(values, settings.compression(), settings.compressionThreshold(),
                settings.limit());
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
