package io.memlink.spring.boot.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.FaultScript;
import io.memlink.test.slice.MemlinkTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

import static io.memlink.test.slice.MemlinkCacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The examples of the page about testing, and that they are those of the page.
 */
@MemlinkTest(properties = { "memlink.request-timeout=300ms", "memlink.cache.time-to-live=1h" })
@Import(TestingYourCachingTests.Books.class)
class TestingYourCachingTests {

    private static final Pattern EXAMPLE = Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Autowired
    private Books books;

    @Autowired
    private CacheManager caches;

    @Autowired
    private ApplicationContext context;

    @Test
    void aBookIsLoadedOnce(EmbeddedMemcached server) {
        assertThat(this.books.title(1)).isEqualTo(this.books.title(1));
        assertThatCache(this.caches.getCache("books")).containsKey(1).doesNotContainKey(2).wasLoadedOnce(1, server);
    }

    @Test
    void aForgottenBookIsLoadedAgain() {
        String before = this.books.title(1);
        this.books.forget(1);
        assertThatCache(this.caches.getCache("books")).doesNotContainKey(1);
        assertThat(this.books.title(1)).isNotEqualTo(before);
    }

    @Test
    void aSilentServerCostsATimeoutAndNothingElse(FaultScript faults) {
        faults.always("mg", Fault.ignoreRequest());
        assertThat(this.books.title(1)).startsWith("title 1");
    }

    @Test
    void anEntryLivesAsLongAsItShould(EmbeddedMemcached server) {
        String first = this.books.title(1);
        server.advanceTime(Duration.ofDays(365));
        assertThat(this.books.title(1)).isNotEqualTo(first);
    }

    @Test
    void theSliceHasNothingElse() {
        assertThat(this.context.getBeanNamesForType(Unrelated.class)).isEmpty();
        assertThat(this.context.containsBean("dispatcherServlet")).isFalse();
        assertThat(this.context.containsBean("dataSource")).isFalse();
    }

    @Test
    void theAssertionsFailWhereTheyShould(EmbeddedMemcached server) {
        this.books.title(1);
        assertThatExceptionOfType(AssertionError.class)
            .isThrownBy(() -> assertThatCache(this.caches.getCache("books")).containsKey(2));
        assertThatExceptionOfType(AssertionError.class)
            .isThrownBy(() -> assertThatCache(this.caches.getCache("books")).doesNotContainKey(1));
        assertThatExceptionOfType(AssertionError.class)
            .isThrownBy(() -> assertThatCache(this.caches.getCache("books")).wasLoadedOnce(2, server));
        assertThatExceptionOfType(AssertionError.class)
            .isThrownBy(() -> assertThatCache(this.caches.getCache("books")).containsEntry(1, "another"));
    }

    @Test
    void thePageShowsWhatIsTestedHere() throws IOException {
        String here = Files.readString(Path.of("src", "test", "java", "io", "memlink", "spring", "boot", "starter",
                "TestingYourCachingTests.java"));
        List<String> tested = here.lines().map(String::strip).toList();
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "testing.md")))
            .results()
            .map((match) -> match.group(1))
            .toList();
        assertThat(examples).isNotEmpty();
        assertThat(
                examples.stream().filter((example) -> example.lines().anyMatch((line) -> line.strip().equals("@Test"))))
            .isNotEmpty()
            .allSatisfy((example) -> assertThat(example.lines().map(String::strip).filter((line) -> !isFrame(line)))
                .isNotEmpty()
                .isSubsetOf(tested));
    }

    private static boolean isFrame(String line) {
        return line.isEmpty() || line.startsWith("class ") || line.startsWith("@MemlinkTest")
                || line.startsWith("@Import");
    }

    @SpringBootApplication
    static class Application {

    }

    static class Unrelated {

    }

    static class Books {

        private final AtomicInteger loads = new AtomicInteger();

        @Cacheable("books")
        public String title(int id) {
            return "title " + id + ", load " + this.loads.incrementAndGet();
        }

        @CacheEvict("books")
        public void forget(int id) {
        }

    }

}
