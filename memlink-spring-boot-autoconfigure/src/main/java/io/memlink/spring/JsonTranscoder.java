package io.memlink.spring;

import java.util.Collection;
import java.util.List;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.ObjectTranscoder;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Transcoder of any object as JSON that includes its type, of byte arrays and text as
 * they are, and of {@code Integer} and {@code Long} as decimal digits. Safe for use by
 * many threads.
 * <p>
 * The mapper decides what is written, and with it every annotation, module and setting
 * that it was given for other purposes: what it leaves out is missing when the value
 * comes back, keys of maps are text, and nobody notices. Where that matters, use
 * {@link io.memlink.transcoder.ObjectTranscoder#typed} or
 * {@link io.memlink.spring.json.StrictJsonTranscoder}.
 * <p>
 * A cache is written by everybody who can reach it, so a type that is read from it is
 * believed only if it is in one of the trusted packages, or one of the plain types of the
 * JDK: those of {@code java.lang} that hold a value, {@code java.math},
 * {@code java.time}, the collections and values of {@code java.util}, and arrays of them.
 *
 * @since 0.1.0
 */
public final class JsonTranscoder implements Transcoder<Object> {

    private final JsonMapper mapper;

    private final Transcoder<Object> objects;

    private final List<String> trustedPackages;

    /**
     * Creates a transcoder.
     * @param mapper how objects look as JSON; is not changed
     * @param trustedPackages packages whose types may be read, those below them included
     */
    public JsonTranscoder(JsonMapper mapper, Collection<String> trustedPackages) {
        // A time comes back in the zone it had.
        this.mapper = mapper.rebuild()
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                    DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
            .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
            .build();
        TrustedTypes trusted = new TrustedTypes(trustedPackages);
        this.trustedPackages = List.copyOf(trustedPackages);
        JsonMapper typed = this.mapper.rebuild()
            .addModule(OptionalValues.module())
            .polymorphicTypeValidator(trusted)
            .setDefaultTyping(new TrustedTypes.Ids(trusted))
            .build();
        this.objects = new ObjectTranscoder(JsonValues.withTypes(typed, trusted::isWholly));
    }

    /** Packages whose types may be read. */
    List<String> trustedPackages() {
        return this.trustedPackages;
    }

    @Override
    public EncodedValue encode(Object value) {
        return this.objects.encode(value);
    }

    @Override
    public Object decode(EncodedValue value) {
        return this.objects.decode(value);
    }

    /**
     * Returns the transcoder of one type, whose name is not written: other programs read
     * such JSON more easily, and no packages need to be trusted. It does not read what
     * this transcoder writes, nor the other way round.
     * @param type the type
     * @param <V> the type
     * @return the transcoder
     */
    public <V> Transcoder<V> declared(Class<V> type) {
        return JsonValues.declared(this.mapper, type);
    }

    /**
     * Returns the transcoder of one generic type, whose name is not written.
     * @param type the type
     * @param <V> the type
     * @return the transcoder
     * @see #declared(Class)
     */
    public <V> Transcoder<V> declared(ParameterizedTypeReference<V> type) {
        return JsonValues.declared(this.mapper, type.getType());
    }

}
