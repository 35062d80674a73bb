package io.memlink.spring;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;

import io.memlink.transcoder.CompressingTranscoder;
import io.memlink.transcoder.Compression;
import io.memlink.transcoder.Compression.InflationLimit;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the encoding of objects. Immutable; each method that changes a setting
 * returns a copy.
 *
 * @param profile whose layout it is
 * @param format how objects that are not of a plain type are written
 * @param alsoRead which other formats are read, while a cache changes from one to another
 * @param compression what makes them fewer, or {@code null} for nothing; the profiles of
 * other clients have gzip, and always compress
 * @param compressionThreshold from how many bytes on; 0 or more
 * @param limit how large a compressed value may become that is read
 * @since 0.1.0
 * @see TranscoderFactory
 */
public record TranscoderSettings(Profile profile, Format format, Set<Format> alsoRead,
        @Nullable Compression compression, int compressionThreshold, InflationLimit limit) {

    /**
     * Checks the threshold.
     * @param profile whose layout it is
     * @param format how objects are written
     * @param alsoRead which other formats are read
     * @param compression what makes them fewer
     * @param compressionThreshold from how many bytes on
     * @param limit how large a compressed value may become
     */
    public TranscoderSettings {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(format, "format");
        alsoRead = Set.copyOf(alsoRead);
        Objects.requireNonNull(limit, "limit");
        if (compressionThreshold < 0) {
            throw new IllegalArgumentException(
                    "compressionThreshold: " + compressionThreshold + " (expected: 0 or more)");
        }
    }

    /**
     * Returns the defaults: Memlink's layout and format, not compressed.
     * @return the settings
     */
    public static TranscoderSettings defaults() {
        return new TranscoderSettings(Profile.NATIVE, Format.TYPED, Set.of(), null,
                CompressingTranscoder.DEFAULT_THRESHOLD, InflationLimit.DEFAULT);
    }

    /**
     * Sets whose layout it is.
     * @param profile the client whose values are shared
     * @return a copy
     */
    public TranscoderSettings profile(Profile profile) {
        return new TranscoderSettings(profile, this.format, this.alsoRead, this.compression, this.compressionThreshold,
                this.limit);
    }

    /**
     * Sets how objects are written that are not of a plain type.
     * @param format the format
     * @return a copy
     */
    public TranscoderSettings format(Format format) {
        return new TranscoderSettings(this.profile, format, this.alsoRead, this.compression, this.compressionThreshold,
                this.limit);
    }

    /**
     * Sets which formats are read besides the one that is written.
     * @param formats the formats; none by default
     * @return a copy
     */
    public TranscoderSettings alsoRead(Collection<Format> formats) {
        return new TranscoderSettings(this.profile, this.format, Set.copyOf(formats), this.compression,
                this.compressionThreshold, this.limit);
    }

    /**
     * Sets what compresses values.
     * @param compression the compression, or {@code null} for none
     * @return a copy
     */
    public TranscoderSettings compression(@Nullable Compression compression) {
        return new TranscoderSettings(this.profile, this.format, this.alsoRead, compression, this.compressionThreshold,
                this.limit);
    }

    /**
     * Sets what compresses values, by its name.
     * @param name {@code none}, {@code gzip}, {@code zstd} or {@code lz4}
     * @return a copy
     * @throws IllegalStateException where its library is missing
     */
    public TranscoderSettings compression(String name) {
        return compression("none".equalsIgnoreCase(name) ? null : Compression.named(name));
    }

    /**
     * Sets from how many bytes on values are compressed.
     * @param bytes 0 or more
     * @return a copy
     */
    public TranscoderSettings compressionThreshold(int bytes) {
        return new TranscoderSettings(this.profile, this.format, this.alsoRead, this.compression, bytes, this.limit);
    }

    /**
     * Sets how large a compressed value may become that is read.
     * @param limit the limit
     * @return a copy
     */
    public TranscoderSettings limit(InflationLimit limit) {
        return new TranscoderSettings(this.profile, this.format, this.alsoRead, this.compression,
                this.compressionThreshold, limit);
    }

    /**
     * Layouts of values.
     */
    public enum Profile {

        /** Memlink's own. */
        NATIVE,

        /** That of spymemcached's default transcoder. */
        SPYMEMCACHED,

        /** That of xmemcached's default transcoder. */
        XMEMCACHED

    }

    /**
     * Formats of objects that are not of a plain type.
     */
    public enum Format {

        /** Memlink's own format, which keeps types or refuses to write. */
        TYPED,

        /**
         * JSON of the fields of objects, with their classes and the shapes of these;
         * whatever that does not bring back is not written.
         */
        JSON,

        /** JDK serialization of the classes that a filter allows, with their shapes. */
        JDK,

        /**
         * JSON as the mapper of the application has it. What its annotations and modules
         * leave out or write otherwise comes back otherwise, without a word.
         */
        APPLICATION

    }

}
