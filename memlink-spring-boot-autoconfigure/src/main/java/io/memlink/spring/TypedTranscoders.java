package io.memlink.spring;

import io.memlink.Transcoder;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Source of transcoders for declared types. Must be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TypedTranscoders {

    /**
     * Returns the transcoder of a type.
     * @param type the type
     * @param <V> the type
     * @return the transcoder
     */
    <V> Transcoder<V> of(ParameterizedTypeReference<V> type);

}
