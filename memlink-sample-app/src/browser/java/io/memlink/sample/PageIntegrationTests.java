package io.memlink.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page as somebody sees it who uses it: in Chromium, with the servers in this
 * process. Each test leaves the application as it was.
 */
class PageIntegrationTests {

    private static final Path PICTURES = Path.of("target", "pictures");

    private static final Path DOCUMENTED_PICTURES = Path.of("..", "docs", "images");

    /** What a picture of the README shows: the first of what is on the page. */
    private static final int PICTURE_HEIGHT = 1180;

    private static ConfigurableApplicationContext application;

    private static Browser browser;

    @BeforeAll
    static void open() {
        application = SpringApplication.run(SampleApplication.class, "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:page");
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        browser = Browser.open("http://127.0.0.1:" + port + "/");
        awaitThat(() -> assertThat(browser.text("#faster")).contains("×"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (application != null) {
            application.close();
        }
    }

    @AfterEach
    void nothingIsComplainedOf() {
        browser.run("document.querySelectorAll('[data-action=revive]:not(:disabled)').forEach((button) => button.click())");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsWhatTheCacheMakesOfTheTimeOfALook() {
        awaitThat(() -> {
            assertThat(browser.text("#live")).isEqualTo("live");
            assertThat(browser.text("#faster")).matches("[0-9.]+×");
            assertThat(browser.text("#cached")).endsWith("s");
            assertThat(browser.text("#uncached")).endsWith("s");
            assertThat(browser.text("#ratio")).matches("[0-9]+ %");
            assertThat(counter("hits")).isPositive();
            assertThat(counter("queries")).isPositive();
        });
        assertThat(browser.findAll("#latency canvas, #hits canvas")).hasSize(2);
    }

    @Test
    void showsWhereKeysLive() {
        awaitThat(() -> {
            assertThat(browser.findAll(".backend")).hasSize(3);
            for (int number = 1; number <= 3; number++) {
                assertThat(state(number)).isEqualTo("UP");
                assertThat(dots(number, "")).isGreaterThan(10);
                assertThat(browser.text(backend(number) + " .share")).matches("3[0-9.]+ % of the keys");
                assertThat(browser.text(backend(number) + " .where")).contains("127.0.0.1:").contains("1.6.");
            }
        });
    }

    @Test
    void tellsAMissFromAHit() {
        browser.run("document.getElementById('product').value = 1 + Math.floor(Math.random() * 10000) + 200");
        browser.find("#look-button").click();
        awaitThat(() -> assertThat(browser.text("#look-result")).contains("MISS"));
        browser.find("#look-button").click();
        awaitThat(() -> assertThat(browser.text("#look-result")).contains("HIT").contains("key on cache-"));
    }

    @Test
    void showsAMistakeUntilTheNextAction() {
        browser.run("document.getElementById('product').value = 20000; document.getElementById('product').max = 30000");
        browser.run("document.getElementById('product').value = 25000");
        browser.find("#look-button").click();
        awaitThat(() -> assertThat(browser.text("#look-result .error")).isEqualTo("There is no product 25000"));
        browser.run("document.getElementById('product').value = 2");
        browser.find("#look-button").click();
        awaitThat(() -> assertThat(browser.text("#look-result")).contains("cache-"));
        assertThat(browser.findAll("#look-result .error")).isEmpty();
        // The browser reports each answer that is an error.
        assertThat(browser.complaints()).singleElement().asString().contains("404");
    }

    @Test
    void changesAPriceForAllApplications() {
        browser.find("#raise").click();
        awaitThat(() -> assertThat(browser.text("#look-result")).contains("4 of 4 other applications saw it"));
        awaitThat(() -> assertThat(browser.text("#events")).contains("costs"));
    }

    @Test
    void turnsAStampedeIntoOneQueryWithLeasesOnly() {
        browser.find("#stampede").click();
        assertThat(browser.find("#stampede").getDomAttribute("aria-busy")).isEqualTo("true");
        awaitThat(() -> assertThat(browser.text("[data-leases=true]")).isEqualTo("1 query"));
        click("#leases");
        browser.find("#stampede").click();
        awaitThat(() -> assertThat(browser.text("[data-leases=false]")).isEqualTo("200 queries"));
        click("#leases");
        assertThat(browser.text("[data-leases=true]")).isEqualTo("1 query");
    }

    @Test
    void servesTheLastAnswerWhileTheDatabaseFails() {
        awaitThat(() -> assertThat(browser.text("#bestsellers")).contains("No. 1 is"));
        click("#database");
        awaitThat(() -> assertThat(browser.text("#bestsellers .badge")).isEqualTo("STALE"));
        awaitThat(() -> assertThat(browser.text("#faster")).isEqualTo("∞"));
        click("#database");
        awaitThat(() -> assertThat(browser.text("#bestsellers .badge")).isEqualTo("HIT"));
        awaitThat(() -> assertThat(browser.text("#faster")).contains("×"));
    }

    @Test
    void clears() {
        browser.find("#clear").click();
        awaitThat(() -> assertThat(browser.text("#clear-result")).startsWith("Cleared in "));
        awaitThat(() -> assertThat(counter("misses")).isPositive());
    }

    @Test
    void showsAServerThatIsKilledAndComesBack() {
        awaitState(1, "UP");
        press(1, "kill");
        awaitState(1, "DOWN");
        awaitThat(() -> {
            assertThat(dots(1, ".unreachable")).isPositive();
            // Nobody knows what those have that were looked at before.
            assertThat(dots(1, ".hit")).isZero();
            assertThat(browser.text(backend(1) + " .failure")).isNotEmpty();
            assertThat(browser.text("#events")).contains("cache-1 was killed").contains("cache-1: UP to DOWN");
        });
        press(1, "revive");
        awaitState(1, "UP");
        awaitThat(() -> {
            assertThat(dots(1, ".hit")).isPositive();
            assertThat(browser.text(backend(1) + " .failure")).isEmpty();
        });
    }

    @Test
    void showsAServerThatIsFrozenAndGoesOn() {
        awaitState(2, "UP");
        press(2, "freeze");
        awaitThat(() -> assertThat(state(2)).isIn("EJECTED", "DOWN"));
        awaitThat(() -> assertThat(browser.text("#events")).contains("cache-2 was frozen"));
        press(2, "revive");
        awaitState(2, "UP");
    }

    @Test
    void saysThatNoCacheCanBeUsedWithOneServerOfThree() {
        awaitThat(() -> assertThat(dots(3, ".hit")).isPositive());
        press(1, "kill");
        press(2, "kill");
        awaitThat(() -> {
            assertThat(browser.text("#unusable")).startsWith("Cannot be used: bestsellers, products.");
            assertThat(state(3)).isEqualTo("UP");
            assertThat(dots(3, ".unusable")).isPositive();
            assertThat(dots(3, ".unreachable")).isZero();
        });
        press(1, "revive");
        press(2, "revive");
        awaitThat(() -> {
            assertThat(browser.text("#unusable")).isEmpty();
            assertThat(dots(3, ".unusable")).isZero();
        });
        awaitState(1, "UP");
        awaitState(2, "UP");
    }

    @Test
    void showsAServerThatIsFull() {
        press(3, "fill");
        awaitThat(() -> {
            assertThat(browser.text(backend(3) + " .memory")).containsPattern("full: [1-9][0-9]* evicted");
            assertThat(browser.find(backend(3) + " .memory .bar i").getDomAttribute("style")).contains("100%");
        });
    }

    @Test
    void knowsNothingOfKeysThatNobodyLooksAt() {
        visitors(0);
        awaitThat(() -> assertThat(dots(1, ".unknown")).isPositive().isEqualTo(dots(1, "")));
        visitors(100);
        awaitThat(() -> assertThat(dots(1, ".hit")).isPositive());
    }

    @Test
    void hasAsManyVisitorsAsTheSliderSays() {
        browser.run("const slider = document.getElementById('traffic'); slider.focus(); slider.value = 300;"
                + " slider.dispatchEvent(new Event('input')); slider.dispatchEvent(new Event('change'))");
        assertThat(browser.text("#rate")).isEqualTo("300");
        browser.theme("light");
        awaitThat(() -> assertThat(browser.text("#rate")).isEqualTo("300"));
        visitors(100);
        browser.theme("light");
        awaitThat(() -> assertThat(browser.text("#rate")).isEqualTo("100"));
    }

    @ParameterizedTest
    @CsvSource({ "1280,light", "1280,dark", "390,light", "390,dark" })
    void fits(int width, String theme) throws IOException {
        browser.width(width);
        try {
            browser.theme(theme);
            awaitThat(() -> {
                assertThat(browser.text("#live")).isEqualTo("live");
                assertThat(browser.text("#bestsellers")).contains("No. 1 is");
            });
            assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
            assertThat(browser.number("Math.round(document.querySelector('h2:has(.keys)').offsetHeight"
                    + " / parseFloat(getComputedStyle(document.querySelector('h2:has(.keys)')).lineHeight))")).isOne();
            assertThat(browser.number("[...document.querySelectorAll('main *')].filter((part) =>"
                    + " part.getBoundingClientRect().right > innerWidth + 1).length")).isZero();
            browser.picture(PICTURES.resolve("page-" + width + "-" + theme + ".webp"), null);
        }
        finally {
            browser.width(1280);
        }
    }

    /** Takes some minutes, so that the charts are full. */
    @Test
    @EnabledIfSystemProperty(named = "memlink.docs.write", matches = "true")
    void takesThePicturesOfTheDocumentation() throws IOException {
        await().atMost(Duration.ofMinutes(4)).until(() -> counter("hits") > 4_000);
        for (String theme : List.of("light", "dark")) {
            browser.theme(theme);
            awaitThat(() -> assertThat(browser.text("#bestsellers")).contains("No. 1 is"));
            browser.find("#look-button").click();
            browser.find("#stampede").click();
            awaitThat(() -> assertThat(browser.text("[data-leases=true]")).isNotEmpty());
            click("#leases");
            browser.find("#stampede").click();
            awaitThat(() -> assertThat(browser.text("[data-leases=false]")).isNotEmpty());
            browser.find("#clear").click();
            await().atMost(Duration.ofMinutes(1))
                .until(() -> browser.number("document.querySelectorAll('.strip i').length") > 15);
            browser.picture(DOCUMENTED_PICTURES.resolve("page-" + theme + ".webp"), PICTURE_HEIGHT);
        }
        browser.width(390);
        awaitThat(() -> assertThat(browser.text("#live")).isEqualTo("live"));
        browser.picture(DOCUMENTED_PICTURES.resolve("page-narrow.webp"), PICTURE_HEIGHT);
        browser.width(1280);
    }

    private static void visitors(int perSecond) {
        browser.run("const slider = document.getElementById('traffic'); slider.value = arguments[0];"
                + " slider.dispatchEvent(new Event('change'))", perSecond);
    }

    private static String backend(int number) {
        return "[data-backend=cache-" + number + "]";
    }

    private static String state(int number) {
        return browser.text(backend(number) + " .pill");
    }

    private static long dots(int number, String selector) {
        return browser.number("document.querySelectorAll('" + backend(number) + " .dots .dot" + selector + "').length");
    }

    private static long counter(String name) {
        return Long.parseLong(browser.text("[data-counter=" + name + "] td").replace(",", ""));
    }

    private static void awaitState(int number, String state) {
        awaitThat(() -> assertThat(state(number)).isEqualTo(state));
    }

    private static void press(int number, String action) {
        String button = backend(number) + " [data-action=" + action + "]";
        awaitThat(() -> assertThat(browser.find(button).isEnabled()).isTrue());
        browser.find(button).click();
    }

    /** The input itself is not seen, only what stands for it. */
    private static void click(String input) {
        browser.run("document.querySelector(arguments[0]).click()", input);
    }

    private static void awaitThat(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion);
    }

}
