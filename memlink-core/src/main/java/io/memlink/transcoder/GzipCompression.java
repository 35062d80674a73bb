package io.memlink.transcoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The format of RFC 1952. */
enum GzipCompression implements Compression {

    INSTANCE;

    @Override
    public int id() {
        return 1;
    }

    @Override
    public byte[] compress(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, data.length / 2));
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(data);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return out.toByteArray();
    }

    @Override
    public byte[] decompress(byte[] data, int maxBytes) {
        return Inflation.inflate("gzip", data, maxBytes, (in) -> new Members(in, data.length));
    }

    /** One member after the other; the JDK's class overlooks what follows the last. */
    private static final class Members extends GZIPInputStream {

        private static final int TRAILER_BYTES = 8;

        Members(InputStream in, int size) throws IOException {
            // All that follows the header is in the inflater at once.
            super(in, Math.max(1, size));
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count < 0 && this.inf.getRemaining() != TRAILER_BYTES) {
                throw new IOException("bytes after the end");
            }
            return count;
        }

    }

}
