package io.memlink.spring.cache;

import java.util.Objects;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was read or loaded. What was read is decoded by its caller, in the thread
 * of that caller; what was loaded need not be decoded.
 *
 * @param read the bytes that were read; {@code null} where it was loaded
 * @param stored the value that was loaded, as it is stored; {@code null} where it was
 * read
 */
record LoadedEntry(@Nullable EncodedValue read, @Nullable Object stored) {

    /** Returns what encodes loaded entries. */
    static Transcoder<LoadedEntry> transcoder(EntryValues values) {
        return new Transcoder<>() {

            @Override
            public EncodedValue encode(LoadedEntry entry) {
                EncodedValue read = entry.read();
                return (read != null) ? read : values.encode(Objects.requireNonNull(entry.stored()));
            }

            @Override
            public LoadedEntry decode(EncodedValue value) {
                return new LoadedEntry(value, null);
            }

        };
    }

}
