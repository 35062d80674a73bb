package io.memlink.loading;

import org.jspecify.annotations.Nullable;

/**
 * A value that was read, or loaded where it was missing. Immutable.
 *
 * @param value the value; {@code null} where the loader had none
 * @param source where it comes from
 * @param failure why the cache could not be asked, the value not be stored, or the loader
 * not be used; {@code null} where all went well
 * @param <V> the type of the value
 * @since 0.1.0
 */
public record Loaded<V>(@Nullable V value, Source source, @Nullable Throwable failure) {

    /** The origin of a value. */
    public enum Source {

        /** It was found. */
        HIT,

        /**
         * It was found, but is out of date: another caller is loading it, or loading
         * failed.
         */
        STALE,

        /** This call has loaded it. */
        LOADED,

        /** Another call has loaded it while this one waited. */
        AWAITED

    }

}
