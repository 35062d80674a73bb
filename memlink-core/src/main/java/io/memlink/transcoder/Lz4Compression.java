package io.memlink.transcoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG.Bits;

/** The frame format of lz4, with its size and a checksum. */
enum Lz4Compression implements Compression {

    INSTANCE;

    @Override
    public int id() {
        return 3;
    }

    @Override
    public byte[] compress(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, data.length / 2));
        try (LZ4FrameOutputStream lz4 = new LZ4FrameOutputStream(out, BLOCKSIZE.SIZE_64KB, data.length,
                Bits.BLOCK_INDEPENDENCE, Bits.CONTENT_SIZE, Bits.CONTENT_CHECKSUM)) {
            lz4.write(data);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return out.toByteArray();
    }

    @Override
    public byte[] decompress(byte[] data, int maxBytes) {
        return Inflation.inflate("lz4", data, maxBytes, LZ4FrameInputStream::new);
    }

}
