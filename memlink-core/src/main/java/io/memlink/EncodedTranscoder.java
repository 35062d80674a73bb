package io.memlink;

import io.memlink.meta.EncodedValue;

/** Values as the server keeps them. */
enum EncodedTranscoder implements Transcoder<EncodedValue> {

    INSTANCE;

    @Override
    public EncodedValue encode(EncodedValue value) {
        return value;
    }

    @Override
    public EncodedValue decode(EncodedValue value) {
        return value;
    }

}
