package io.memlink.spring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

import io.memlink.Transcoder;
import io.memlink.test.cases.Draw;
import io.memlink.transcoder.Compression;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

    @Test
    void objectsComeBackWithTheirTypes() {
        Draw.cases(1_000, (draw) -> {
            Object value = object(draw, 2);
            Compression compression = compression(draw);
            assertReturns(this.json, value);
            assertReturns(this.factory
                .objects(TranscoderSettings.defaults().compression(compression).compressionThreshold(0)), value);
        });
    }

    @Test
    void objectsOfADeclaredTypeComeBack() {
        Draw.cases(500, (draw) -> {
            Circle circle = circle(draw);
            assertReturns(this.json.declared(Circle.class), circle);
            ParameterizedTypeReference<Map<String, List<Circle>>> type = new ParameterizedTypeReference<>() {
            };
            assertReturns(this.json.declared(type), Map.of("key", List.of(circle, circle)));
            TypedTranscoders types = this.factory.declared(TranscoderSettings.defaults().compression("gzip"));
            assertReturns(types.of(type), Map.of("key", List.of(circle)));
        });
    }

    private static <V> void assertReturns(Transcoder<V> transcoder, V value) {
        V decoded = transcoder.decode(transcoder.encode(value));
        assertThat(decoded).isEqualTo(value);
        assertThat(decoded instanceof Map || decoded.getClass() == value.getClass()).isTrue();
    }

    private static Compression compression(Draw draw) {
        return draw.of(Compression.gzip(), Compression.zstd(), Compression.lz4());
    }

    private static Circle circle(Draw draw) {
        return new Circle(draw.doubleValue(), draw.chance(0.2) ? null : text(draw));
    }

    private static Object object(Draw draw, int depth) {
        if (depth == 0) {
            return leaf(draw);
        }
        Supplier<Object> inner = () -> object(draw, depth - 1);
        return draw.<Object>oneOf(() -> leaf(draw), () -> draw.list(0, 3, () -> draw.chance(0.1) ? null : inner.get()),
                () -> map(draw.list(0, 3, inner)), () -> Optional.of(inner.get()), () -> group(draw, inner.get()));
    }

    private static Object leaf(Draw draw) {
        return draw.<Object>oneOf(() -> text(draw), draw::longValue, draw::intValue, draw::doubleValue,
                () -> draw.of(true, false), () -> draw.decimal().stripTrailingZeros(),
                () -> Instant.ofEpochMilli(draw.longValue() & ((1L << 40) - 1)),
                () -> Duration.ofNanos(draw.longValue()), () -> new UUID(draw.longValue(), draw.longValue()),
                () -> new TreeSet<>(draw.list(0, 3, draw::longValue)), () -> circle(draw), Optional::empty,
                ArrayList::new);
    }

    private static Object group(Draw draw, Object anything) {
        List<Shape> circles = draw.list(0, 2, () -> circle(draw));
        Circle first = draw.chance(0.3) ? null : circle(draw);
        return new Group(circles, first, Optional.ofNullable(first), anything);
    }

    private static Map<String, Object> map(List<Object> values) {
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach((value) -> map.put("key-" + map.size(), value));
        return map;
    }

    private static String text(Draw draw) {
        return String.join("", draw.list(0, 20, () -> Character.toString(draw.codePoint())));
    }

}
