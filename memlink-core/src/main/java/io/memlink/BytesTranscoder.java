package io.memlink;

import io.memlink.meta.EncodedValue;

/** Byte arrays as they are. */
enum BytesTranscoder implements Transcoder<byte[]> {

    INSTANCE;

    @Override
    public EncodedValue encode(byte[] value) {
        return new EncodedValue(value, 0);
    }

    @Override
    public byte[] decode(EncodedValue value) {
        return value.data();
    }

}
