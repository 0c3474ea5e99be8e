package dev.turso.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;

/** One headless Chromium on the board's page. */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static boolean installed() {
    return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
  }

  static Browser open(String url) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1500,1250");
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.get(url);
    return new Browser(driver);
  }

  /** The cells of a table's body, row by row. */
  @SuppressWarnings("unchecked")
  List<List<String>> table(String id) {
    return (List<List<String>>)
        driver.executeScript(
            "return [...document.querySelectorAll('#"
                + id
                + " tbody tr')]"
                + ".map(r => [...r.cells].map(c => c.textContent))");
  }

  String text(String id) {
    return String.valueOf(
        driver.executeScript("return document.getElementById('" + id + "').textContent"));
  }

  /** What a live query holds in the page, as JSON: rows in order of their keys. */
  String rows(String liveQuery) {
    return String.valueOf(
        driver.executeScript(
            "return JSON.stringify([...stream.state['"
                + liveQuery
                + "'].rows.entries()]"
                + ".map(e => e[1].row).sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))"));
  }

  void click(String id) {
    driver.findElement(By.id(id)).click();
  }

  void clickRate(int rate) {
    driver.findElement(By.cssSelector("[data-rate='" + rate + "']")).click();
  }

  void submitOwn(String sql) {
    driver.executeScript(
        "document.getElementById('sql').value = arguments[0];"
            + "document.getElementById('own').requestSubmit()",
        sql);
  }

  void offline(boolean on) {
    ChromiumNetworkConditions conditions = new ChromiumNetworkConditions();
    conditions.setOffline(on);
    conditions.setLatency(Duration.ZERO);
    conditions.setDownloadThroughput(-1);
    conditions.setUploadThroughput(-1);
    driver.setNetworkConditions(conditions);
  }

  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  static void await(String what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
