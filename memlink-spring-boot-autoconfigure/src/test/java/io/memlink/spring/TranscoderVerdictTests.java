package io.memlink.spring;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.spring.TranscoderSettings.Format;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The values of the suite of the value format, which is among the tests of the core, have
 * the verdicts with strict JSON that are written down. Started by hand with the name of a
 * format, prints the table as it is now.
 */
class TranscoderVerdictTests {

    private static final String SUITE = "io/memlink/value/suite/TranscoderVerdicts.class";

    @ParameterizedTest
    @EnumSource(names = { "JSON" })
    void verdictsAreThoseThatAreWrittenDown(Format format) throws Exception {
        assumeThat(suite()).as("the compiled tests of memlink-core").isNotNull();
        Map<String, String> changed = new TreeMap<>();
        Map<String, String> written = written(format);
        verdicts(format).forEach((id, verdict) -> {
            String before = written.remove(id);
            if (before == null || !verdict.startsWith(before + " ")) {
                changed.put(id, verdict + " (was: " + before + ")");
            }
        });
        assertThat(changed).isEmpty();
        assertThat(written).as("values that are no more").isEmpty();
    }

    /** Which parts are one object is not kept, as is documented. */
    @Test
    void strictJsonIsSilentAboutSharedPartsAtMostAndNeverUnreadable() throws IOException {
        assertThat(written(Format.JSON)).hasSizeGreaterThan(500)
            .allSatisfy((id, verdict) -> assertThat(verdict).as(id)
                .isIn("EQUAL", "ORDINARY", "REFUSED",
                        id.matches(".*(shared|of identity|nCopies of a bean).*") ? "SILENT" : "EQUAL"));
    }

    private static Map<String, String> written(Format format) throws IOException {
        Map<String, String> table = new TreeMap<>();
        String resource = "/value/verdicts-" + format.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = TranscoderVerdictTests.class.getResourceAsStream(resource)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter((line) -> !line.startsWith("#"))
                .forEach((line) -> table.put(line.substring(line.indexOf(' ')).strip(),
                        line.substring(0, line.indexOf(' '))));
        }
        return table;
    }

    /** Where Maven and others put the tests of the core. */
    private static Path suite() {
        return Stream.of("../memlink-core/target/test-classes", "../.q/core/target/test-classes")
            .map(Path::of)
            .filter((path) -> Files.exists(path.resolve(SUITE)))
            .findFirst()
            .orElse(null);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> verdicts(Format format) throws Exception {
        URL[] urls = { suite().toUri().toURL() };
        try (URLClassLoader loader = new URLClassLoader(urls, TranscoderVerdictTests.class.getClassLoader())) {
            Class<?> suite = loader.loadClass(SUITE.replace('/', '.').replace(".class", ""));
            List<String> trusted = (List<String>) suite.getMethod("trusted").invoke(null);
            TypeFactory types = TypeFactory.createDefaultInstance().withClassLoader(loader);
            TranscoderFactory factory = new TranscoderFactory(
                    new JsonTranscoder(JsonMapper.builder().typeFactory(types).build(), trusted), null,
                    ValueFormat.of(loader, TrustedClasses.of(trusted)));
            Transcoder<Object> transcoder = factory.objects(TranscoderSettings.defaults().format(format));
            int[] flags = new int[1];
            Function<Object, byte[]> encode = (value) -> {
                EncodedValue encoded = transcoder.encode(value);
                flags[0] = encoded.flags();
                return encoded.data();
            };
            Function<byte[], Object> decode = (bytes) -> transcoder.decode(new EncodedValue(bytes, flags[0]));
            return (Map<String, String>) suite.getMethod("of", Function.class, Function.class)
                .invoke(null, encode, decode);
        }
    }

    /** Writes the table of a format to a file. */
    public static void main(String[] args) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        StringBuilder lines = new StringBuilder();
        verdicts(Format.valueOf(args[0])).forEach((id, verdict) -> {
            String word = verdict.substring(0, verdict.indexOf(' '));
            counts.merge(word, 1, Integer::sum);
            lines.append(String.format("%-10s %s%s%n", word, id,
                    (args.length > 2) ? " :: " + verdict.substring(word.length()) : ""));
        });
        int values = counts.values().stream().mapToInt(Integer::intValue).sum();
        Files.writeString(Path.of(args[1]), "# " + values + " values: " + counts + "\n" + lines);
    }

}
