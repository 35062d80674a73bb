package io.memlink.spring;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

import io.memlink.Transcoder;
import io.memlink.transcoder.Compression;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all objects: they are read back as they were, compressed or not.
 */
class JsonPropertyTests {

    private final JsonTranscoder json = new JsonTranscoder(JsonMapper.shared(),
            List.of(JsonPropertyTests.class.getPackageName()));

    private final TranscoderFactory factory = new TranscoderFactory(this.json, null);

    sealed interface Shape permits Circle, Group {

    }

    record Circle(double radius, @Nullable String label) implements Shape {
    }

    record Group(List<Shape> shapes, @Nullable Shape first, Optional<Shape> last, Object anything) implements Shape {
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void objectsComeBackWithTheirTypes(@ForAll("objects") Object value,
            @ForAll("compressions") Compression compression) {
        assertReturns(this.json, value);
        assertReturns(
                this.factory.objects(TranscoderSettings.defaults().compression(compression).compressionThreshold(0)),
                value);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void objectsOfADeclaredTypeComeBack(@ForAll("circles") Circle circle) {
        assertReturns(this.json.declared(Circle.class), circle);
        ParameterizedTypeReference<Map<String, List<Circle>>> type = new ParameterizedTypeReference<>() {
        };
        assertReturns(this.json.declared(type), Map.of("key", List.of(circle, circle)));
        TypedTranscoders types = this.factory.declared(TranscoderSettings.defaults().compression("gzip"));
        assertReturns(types.of(type), Map.of("key", List.of(circle)));
    }

    private static <V> void assertReturns(Transcoder<V> transcoder, V value) {
        V decoded = transcoder.decode(transcoder.encode(value));
        assertThat(decoded).isEqualTo(value);
        assertThat(decoded instanceof Map || decoded.getClass() == value.getClass()).isTrue();
    }

    @Provide
    Arbitrary<Compression> compressions() {
        return Arbitraries.of(Compression.gzip(), Compression.zstd(), Compression.lz4());
    }

    @Provide
    Arbitrary<Circle> circles() {
        return Combinators.combine(Arbitraries.doubles(), texts().injectNull(0.2)).as(Circle::new);
    }

    @Provide
    Arbitrary<Object> objects() {
        return objects(2);
    }

    private Arbitrary<Object> objects(int depth) {
        if (depth == 0) {
            return leaves();
        }
        Arbitrary<Object> inner = objects(depth - 1);
        return Arbitraries.oneOf(leaves(),
                inner.injectNull(0.1).list().ofMaxSize(3).map(ArrayList::new).map(Object.class::cast),
                inner.list().ofMaxSize(3).map(JsonPropertyTests::map).map(Object.class::cast),
                inner.map(Optional::of).map(Object.class::cast),
                Combinators.combine(circles().list().ofMaxSize(2), circles().injectNull(0.3), inner)
                    .as(JsonPropertyTests::group));
    }

    private Arbitrary<Object> leaves() {
        return Arbitraries.oneOf(texts().map(Object.class::cast), Arbitraries.longs().map(Object.class::cast),
                Arbitraries.integers().map(Object.class::cast), Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.bigDecimals().map(BigDecimal::stripTrailingZeros).map(Object.class::cast),
                Arbitraries.longs().between(0, 1L << 40).map(Instant::ofEpochMilli).map(Object.class::cast),
                Arbitraries.longs().map(Duration::ofNanos).map(Object.class::cast),
                Arbitraries.longs().map((bits) -> new UUID(bits, ~bits)).map(Object.class::cast),
                Arbitraries.longs().set().ofMaxSize(3).map(TreeSet::new).map(Object.class::cast),
                circles().map(Object.class::cast), Arbitraries.of(Optional.empty(), new ArrayList<>()));
    }

    private static Object group(List<Circle> circles, @Nullable Circle first, Object anything) {
        return new Group(List.copyOf(circles), first, Optional.ofNullable(first), anything);
    }

    private static Map<String, Object> map(List<Object> values) {
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach((value) -> map.put("key-" + map.size(), value));
        return map;
    }

    private static Arbitrary<String> texts() {
        return Arbitraries
            .oneOf(Arbitraries.integers().between(0, 0xd7ff), Arbitraries.integers().between(0xe000, 0x10ffff))
            .map(Character::toString)
            .list()
            .ofMaxSize(20)
            .map((parts) -> String.join("", parts));
    }

}
