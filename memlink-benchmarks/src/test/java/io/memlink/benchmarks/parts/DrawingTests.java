package io.memlink.benchmarks.parts;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import io.memlink.benchmarks.recorded.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The pictures of a small file of runs. */
class DrawingTests {

    private static final String HEADER = "date,jdk,placement,warm s,measured s,workload,contender,transport,round,"
            + "calls/s,client CPU us,server CPU us,bytes,p50 us,p99 us,bad,started ms,heap KB\n";

    @TempDir
    private Path directory;

    private Map<String, String> pictures(String part, String... lines) throws IOException {
        Path file = this.directory.resolve("data.csv");
        Files.writeString(file, HEADER + String.join("\n", lines) + "\n");
        return new Drawing(new Recording(file).read()).pictures(Parts.named(List.of(part)).get(0));
    }

    private static String run(String date, String placement, String workload, String contender, int round, int calls) {
        return "%s,17.0.1,%s,2,3,%s,%s,epoll,%d,%d,20.5,10.25,400,50,200,0,,".formatted(date, placement, workload,
                contender, round, calls);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document picture) {
        List<String> texts = new ArrayList<>();
        NodeList nodes = picture.getElementsByTagName("text");
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static List<String> paths(Document picture, String styles) {
        List<String> paths = new ArrayList<>();
        NodeList nodes = picture.getElementsByTagName("path");
        for (int i = 0; i < nodes.getLength(); i++) {
            Element path = (Element) nodes.item(i);
            if (path.getAttribute("class").equals(styles)) {
                paths.add(path.getAttribute("d"));
            }
        }
        return paths;
    }

    @Test
    void aSweepShowsEachSeriesInEachPanel() throws Exception {
        Map<String, String> pictures = pictures("sync",
                run("2026-01-02T03:04Z", "free", "sync-1", "memlink", 1, 20_000),
                run("2026-01-02T03:04Z", "free", "sync-1", "raw", 1, 30_000),
                run("2026-01-02T03:04Z", "free", "sync-4", "memlink", 1, 40_000),
                run("2026-01-02T03:04Z", "free", "sync-4", "raw", 1, 60_000));
        assertThat(pictures).containsOnlyKeys("sync.svg");
        Document picture = parse(pictures.get("sync.svg"));
        assertThat(texts(picture))
            .contains("Synchronous calls", "memlink", "raw", "calls per second", "threads", "1", "4")
            .doesNotContain("blocking", "2");
        assertThat(paths(picture, "l")).hasSize(2 * 4);
    }

    @Test
    void barsShowTheNumberOfEachSeries() throws Exception {
        Document picture = parse(
                pictures("cacheable", run("2026-01-02T03:04Z", "free", "cacheable-8", "memlink-cache", 1, 12_300),
                        run("2026-01-02T03:04Z", "free", "cacheable-8", "redis-cache", 1, 4560))
                    .get("cacheable.svg"));
        assertThat(texts(picture)).contains("memlink-cache", "redis-cache", "8 threads", "12.3k", "4560");
        assertThat(paths(picture, "f")).hasSize(2 * 4);
    }

    @Test
    void theMedianOfTheLastDateCounts() throws Exception {
        Document picture = parse(
                pictures("cacheable", run("2026-01-01T03:04Z", "free", "cacheable-1", "memlink-cache", 1, 999),
                        run("2026-01-02T03:04Z", "free", "cacheable-1", "memlink-cache", 1, 300),
                        run("2026-01-02T03:04Z", "free", "cacheable-1", "memlink-cache", 2, 100),
                        run("2026-01-02T03:04Z", "free", "cacheable-1", "memlink-cache", 3, 200))
                    .get("cacheable.svg"));
        assertThat(texts(picture)).contains("200")
            .contains("2026-01-02, JDK 17.0.1, medians (and least to most) of 3 rounds of 3 s after 2 s")
            .doesNotContain("999", "300", "100");
    }

    @Test
    void whatTheLastRunLeftOutIsNotTakenFromAnEarlierOne() throws Exception {
        Document picture = parse(pictures("sync", run("2026-01-01T03:04Z", "free", "sync-1", "memlink", 1, 1000),
                run("2026-01-01T03:04Z", "free", "sync-64", "memlink", 1, 9000),
                run("2026-01-02T03:04Z", "free", "sync-1", "memlink", 1, 2000))
            .get("sync.svg"));
        assertThat(texts(picture)).contains("1").doesNotContain("64");
    }

    @Test
    void pinnedRunsHaveAPictureOfTheirOwn() throws Exception {
        assertThat(pictures("sync", run("2026-01-02T03:04Z", "free", "sync-1", "memlink", 1, 1000),
                run("2026-01-02T03:04Z", "pinned", "sync-1", "memlink", 1, 2000)))
            .containsOnlyKeys("sync.svg", "sync-pinned.svg");
    }

    @Test
    void aFullPictureIsSmallAndStandsForItself() throws Exception {
        List<String> lines = new ArrayList<>();
        Part part = Parts.named(List.of("sync")).get(0);
        for (String workload : part.workloads()) {
            for (String contender : part.contenders()) {
                for (int round = 1; round <= 3; round++) {
                    lines.add(run("2026-01-02T03:04Z", "free", workload, contender, round, 100_000 + 9876 * round));
                }
            }
        }
        String svg = pictures("sync", lines.toArray(new String[0])).get("sync.svg");
        assertThat(svg).hasSizeLessThan(10_500)
            .contains("prefers-color-scheme:dark")
            .doesNotContain("<script", "href", "@import", "@font-face");
        assertThat(paths(parse(svg), "b")).hasSize(part.contenders().size());
    }

}
