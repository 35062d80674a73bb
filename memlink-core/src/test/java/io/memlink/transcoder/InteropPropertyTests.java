package io.memlink.transcoder;

import java.util.ArrayList;
import java.util.Map;

import io.memlink.meta.EncodedValue;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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

    @Property(tries = 3_000)
    void agreesWithSpymemcachedOnPlainTypes(@ForAll("plain") Object value) {
        assertAgreesWithSpymemcached(value);
    }

    @Property(tries = 1_000)
    void agreesWithSpymemcachedOnObjects(@ForAll("objects") Object value) {
        assertAgreesWithSpymemcached(value);
    }

    private void assertAgreesWithSpymemcached(Object value) {
        net.spy.memcached.CachedData theirs = this.spy.encode(value);
        assertSame(this.transcoder.decode(new EncodedValue(theirs.getData(), theirs.getFlags())), value);
        EncodedValue ours = this.transcoder.encode(value);
        assertSame(this.spy.decode(new net.spy.memcached.CachedData(ours.flags(), ours.data(), ours.data().length)),
                value);
    }

    @Property(tries = 3_000)
    void agreesWithXmemcachedOnPlainTypes(@ForAll("plain") Object value) {
        assertAgreesWithXmemcached(value);
        EncodedValue ours = this.transcoder.encode(value);
        net.rubyeye.xmemcached.transcoders.CachedData theirs = this.xmemcached.encode(value);
        assertThat(ours.flags()).isEqualTo(theirs.getFlag());
        assertThat(ours.data()).isEqualTo(theirs.getData());
    }

    @Property(tries = 1_000)
    void agreesWithXmemcachedOnObjects(@ForAll("objects") Object value) {
        assertAgreesWithXmemcached(value);
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

    @Provide
    Arbitrary<Object> plain() {
        return Values.plain();
    }

    @Provide
    Arbitrary<Object> objects() {
        return Values.serializable().filter((value) -> value instanceof ArrayList || value instanceof Map);
    }

}
