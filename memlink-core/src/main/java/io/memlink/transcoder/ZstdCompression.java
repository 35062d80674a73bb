package io.memlink.transcoder;

import java.io.IOException;
import java.io.InputStream;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;

/** The format of RFC 8878. */
enum ZstdCompression implements Compression {

    INSTANCE;

    /**
     * A frame may ask for a window of its own size; more than 16 MiB is not lent to it.
     */
    private static final int MAX_WINDOW_LOG = 24;

    @Override
    public int id() {
        return 2;
    }

    @Override
    public byte[] compress(byte[] data) {
        return Zstd.compress(data);
    }

    @Override
    public byte[] decompress(byte[] data, int maxBytes) {
        return Inflation.inflate("zstd", data, maxBytes, ZstdCompression::open);
    }

    private static InputStream open(InputStream in) throws IOException {
        ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(in);
        zstd.setLongMax(MAX_WINDOW_LOG);
        return zstd;
    }

}
