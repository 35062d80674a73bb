package io.memlink.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium with the page of the application in it. Uses the browser that the machine has,
 * and downloads nothing. Owns the browser.
 */
final class Browser implements AutoCloseable {

    private static final List<String> DRIVERS = List.of("chromedriver");

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    /** Of a picture, in percent: nobody sees the difference, and it is small. */
    private static final int QUALITY = 80;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser open(String url) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed(BROWSERS));
        options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriver driver = new ChromeDriver(new ChromeDriverService.Builder()
            .usingDriverExecutable(installed(DRIVERS))
            .usingAnyFreePort()
            .build(), options);
        Browser browser = new Browser(driver);
        browser.width(1280);
        driver.get(url);
        return browser;
    }

    private static File installed(List<String> names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap((directory) -> names.stream().map((name) -> new File(directory, name)))
            .filter(File::canExecute)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("none of " + names + " is on the PATH"));
    }

    /** Makes the window as wide as that of a desk or of a hand. */
    void width(int pixels) {
        this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    void theme(String theme) {
        run("localStorage.setItem('theme', arguments[0])", theme);
        this.driver.navigate().refresh();
    }

    WebElement find(String selector) {
        return this.driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> findAll(String selector) {
        return this.driver.findElements(By.cssSelector(selector));
    }

    /** Returns a text at once, for parts that are made anew each second. */
    String text(String selector) {
        Object text = run("return document.querySelector(arguments[0])?.textContent", selector);
        return (text != null) ? text.toString() : "";
    }

    long number(String script) {
        return ((Number) run("return " + script)).longValue();
    }

    Object run(String script, Object... arguments) {
        return this.driver.executeScript(script, arguments);
    }

    /** Returns what the console complained of since it was last asked. */
    List<String> complaints() {
        return this.driver.manage()
            .logs()
            .get(LogType.BROWSER)
            .getAll()
            .stream()
            .filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
            .map(LogEntry::toString)
            .toList();
    }

    /** Takes a picture of the page, down to a height or of all of it. */
    void picture(Path file, @Nullable Integer height) throws IOException {
        long all = number("document.documentElement.scrollHeight");
        Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", number("innerWidth"), "height",
                (height != null) ? height : all, "scale", 1);
        Object data = this.driver
            .executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip, "format",
                    "webp", "quality", QUALITY))
            .get("data");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode((String) data));
    }

    @Override
    public void close() {
        this.driver.quit();
    }

}
