package io.memlink.transcoder;

import io.memlink.meta.EncodedValue;
import io.memlink.test.cases.Draw;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the transcoders of other clients write is read, and what is written is read by
 * them.
 */
class InteropPropertyTests {

    private final InteropTranscoder transcoder = new InteropTranscoder(
            new JdkTranscoder(Values.FILTER, getClass().getClassLoader()));

    private final net.spy.memcached.transcoders.SerializingTranscoder spy = new net.spy.memcached.transcoders.SerializingTranscoder();

    private final net.rubyeye.xmemcached.transcoders.SerializingTranscoder xmemcached = new net.rubyeye.xmemcached.transcoders.SerializingTranscoder();

    @Test
    void agreesWithSpymemcachedOnPlainTypes() {
        Draw.cases(3_000, (draw) -> {
            Object value = Values.plain(draw);
            assertAgreesWithSpymemcached(value);
        });
    }

    @Test
    void agreesWithSpymemcachedOnObjects() {
        Draw.cases(1_000, (draw) -> {
            Object value = Values.structure(draw);
            assertAgreesWithSpymemcached(value);
        });
    }

    private void assertAgreesWithSpymemcached(Object value) {
        net.spy.memcached.CachedData theirs = this.spy.encode(value);
        assertSame(this.transcoder.decode(new EncodedValue(theirs.getData(), theirs.getFlags())), value);
        EncodedValue ours = this.transcoder.encode(value);
        assertSame(this.spy.decode(new net.spy.memcached.CachedData(ours.flags(), ours.data(), ours.data().length)),
                value);
    }

    @Test
    void agreesWithXmemcachedOnPlainTypes() {
        Draw.cases(3_000, (draw) -> {
            Object value = Values.plain(draw);
            assertAgreesWithXmemcached(value);
            EncodedValue ours = this.transcoder.encode(value);
            net.rubyeye.xmemcached.transcoders.CachedData theirs = this.xmemcached.encode(value);
            assertThat(ours.flags()).isEqualTo(theirs.getFlag());
            assertThat(ours.data()).isEqualTo(theirs.getData());
        });
    }

    @Test
    void agreesWithXmemcachedOnObjects() {
        Draw.cases(1_000, (draw) -> {
            Object value = Values.structure(draw);
            assertAgreesWithXmemcached(value);
        });
    }

    private void assertAgreesWithXmemcached(Object value) {
        net.rubyeye.xmemcached.transcoders.CachedData theirs = this.xmemcached.encode(value);
        assertSame(this.transcoder.decode(new EncodedValue(theirs.getData(), theirs.getFlag())), value);
        EncodedValue ours = this.transcoder.encode(value);
        assertSame(this.xmemcached.decode(new net.rubyeye.xmemcached.transcoders.CachedData(ours.flags(), ours.data())),
                value);
    }

    private static void assertSame(Object decoded, Object value) {
        assertThat(Values.same(decoded, value)).as("%s", value).isTrue();
    }

}
