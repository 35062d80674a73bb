package io.memlink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.loading.Loaded;
import io.memlink.placement.Backend;
import io.memlink.test.EmbeddedMemcachedTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the Javadoc, and that they are those of {@link JavadocExamples}.
 */
@EmbeddedMemcachedTest
class JavadocExampleTests {

    private static final Pattern SHOWN = Pattern.compile("<pre>\\{@code *\n(.*?)}</pre>", Pattern.DOTALL);

    private static final Pattern RUN = Pattern.compile("// example: (\\w+)\n(.*?)// end\n", Pattern.DOTALL);

    private static final Pattern MARGIN = Pattern.compile("^ *\\* ?");

    @Test
    void aClientReadsWhatItHasSet(EmbeddedMemcached server) {
        assertThat(JavadocExamples.client(address(server))).isEqualTo("hello");
    }

    @Test
    void aBuilderMakesAClientOfItsBackends(EmbeddedMemcached server) {
        try (MemlinkClient client = JavadocExamples.builder(address(server))) {
            assertThat(client.backends()).extracting("address").containsExactly(Backend.parse(address(server)));
        }
    }

    @Test
    void manyValuesAreReadThatWereSet(EmbeddedMemcached server) {
        try (MemlinkClient client = client(server)) {
            Map<String, String> hits = JavadocExamples.operations(client).join();
            assertThat(hits).isEqualTo(Map.of("en", "hello", "de", "hallo"));
        }
    }

    @Test
    void aValueIsChangedThatNobodyElseHasChanged(EmbeddedMemcached server) {
        try (MemlinkClient client = client(server)) {
            assertThat(JavadocExamples.blocking(client)).isEqualTo("hello, world");
        }
    }

    @Test
    void aMissingValueIsLoadedOnce(EmbeddedMemcached server) {
        try (MemlinkClient client = client(server)) {
            assertThat(load(client, "Ada")).isEqualTo(new Loaded<>("Ada", Loaded.Source.LOADED, null));
            assertThat(load(client, "Grace")).isEqualTo(new Loaded<>("Ada", Loaded.Source.HIT, null));
        }
    }

    private static Loaded<String> load(MemlinkClient client, String name) {
        return JavadocExamples.loading(client, () -> CompletableFuture.completedFuture(name)).join();
    }

    @Test
    void aBackendIsAdded(EmbeddedMemcached server) {
        try (EmbeddedMemcached spare = EmbeddedMemcached.start(); MemlinkClient client = client(server)) {
            assertThat(JavadocExamples.membership(client, address(spare))).isTrue();

            assertThat(client.backends()).extracting("address")
                .containsExactly(Backend.parse(address(server)), Backend.parse("spare=" + address(spare)));
        }
    }

    @Test
    void backendsAreDiscovered(EmbeddedMemcached server) {
        Backend backend = Backend.parse(address(server));
        try (MemlinkClient client = JavadocExamples.discovery(address(server))) {
            Awaitility.await()
                .untilAsserted(() -> assertThat(client.backends()).extracting("address").containsExactly(backend));
        }
    }

    @Test
    void anObjectComesBackAsItWas(EmbeddedMemcached server) {
        try (MemlinkClient client = client(server)) {
            assertThat(JavadocExamples.format(client)).isEqualTo(new JavadocExamples.Product("tea", 350));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "MemlinkClient", "MemlinkClientBuilder", "ValueOperations", "BlockingMemlinkClient",
            "LoadPolicy", "Membership", "Discovery", "ValueFormat" })
    void theJavadocShowsWhatIsRunHere(String type) throws IOException {
        assertThat(shown().get(type)).isNotEmpty().isEqualTo(run().get(type));
    }

    @Test
    void everyExampleOfTheJavadocIsRunHere() throws IOException {
        assertThat(shown().keySet()).isEqualTo(run().keySet());
    }

    /** Returns the lines of the examples by the types whose sources show them. */
    private static Map<String, List<String>> shown() throws IOException {
        Map<String, List<String>> shown = new TreeMap<>();
        ProjectSources.textsOfTheClient().forEach((type, text) -> {
            List<String> lines = SHOWN.matcher(text).results().flatMap(JavadocExampleTests::lines).toList();
            if (!lines.isEmpty()) {
                shown.put(type, lines);
            }
        });
        return shown;
    }

    /** Returns the lines of the examples that are run, by their names. */
    private static Map<String, List<String>> run() throws IOException {
        Map<String, List<String>> run = new TreeMap<>();
        RUN.matcher(ProjectSources.textOfTest(JavadocExamples.class))
            .results()
            .forEach((example) -> run.put(example.group(1), lines(example).toList()));
        return run;
    }

    private static Stream<String> lines(MatchResult example) {
        return example.group(example.groupCount())
            .lines()
            .map((line) -> MARGIN.matcher(line).replaceFirst("").strip())
            .filter((line) -> !line.isEmpty());
    }

    private static String address(EmbeddedMemcached server) {
        return "127.0.0.1:" + server.port();
    }

    private static MemlinkClient client(EmbeddedMemcached server) {
        return MemlinkClient.builder().backends(address(server)).requestTimeout(Duration.ofSeconds(30)).build();
    }

}
