package io.memlink.transcoder;

import java.util.Map;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import io.memlink.value.ValueNotReadableException;
import io.memlink.value.ValueNotSupportedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TypedTranscoderTests {

    private final Transcoder<Object> transcoder = new TypedTranscoder(
            ValueFormat.of(getClass().getClassLoader(), TrustedClasses.of("io.memlink.transcoder")));

    private record Price(long cents, String currency) {
    }

    @Test
    void aMapComesBackWithTheKeysItHad() {
        Map<Long, Price> prices = Map.of(1L, new Price(990, "EUR"));
        EncodedValue encoded = this.transcoder.encode(prices);
        assertThat(ClientFlags.parse(encoded.flags())).isEqualTo(ClientFlags.of(8));
        assertThat(this.transcoder.decode(encoded)).isEqualTo(prices);
    }

    @Test
    void refusesWhatWouldNotComeBack() {
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.transcoder.encode(new Thread()));
    }

    @Test
    void readsNoOtherFlagsAndNoOtherBytes() {
        EncodedValue encoded = this.transcoder.encode(new Price(990, "EUR"));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(encoded.data(), 0)));
        assertThatExceptionOfType(ValueNotReadableException.class)
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[] { 1, 127 }, encoded.flags())));
    }

}
