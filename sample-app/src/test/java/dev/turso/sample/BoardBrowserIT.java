package dev.turso.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The board as two people see it, in a real browser. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BoardBrowserIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path folder;

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private Replayer replayer;

  @DynamicPropertySource
  static void file(DynamicPropertyRegistry registry) {
    registry.add("board.file", () -> folder.resolve("board.db").toString());
  }

  @BeforeEach
  void needsChromium() {
    assumeTrue(Browser.installed(), "Chromium and its driver are not installed");
  }

  @Test
  void twoBrowsersStayInStepAndOneThatWasCutOffCatchesUp() throws IOException {
    replayer.resume();
    String url = "http://localhost:" + port + "/";
    try (Browser first = Browser.open(url);
        Browser second = Browser.open(url)) {
      first.clickRate(500);
      Browser.await("departures on the board", SOON, () -> first.table("board").size() == 12);
      String seen = first.rows("totals");
      Browser.await("numbers that change", SOON, () -> !first.rows("totals").equals(seen));

      second.offline(true);
      LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
      second.offline(false);

      first.click("pause");
      Browser.await("the pause", SOON, () -> second.text("pause").equals("Resume"));
      for (String live : List.of("airports", "routes", "worst", "hours", "totals")) {
        Browser.await(
            live + " equal in both", SOON, () -> first.rows(live).equals(second.rows(live)));
      }
      assertThat(first.table("worst")).isEqualTo(worstBySql());
      assertThat(second.table("worst")).isEqualTo(worstBySql());
      assertThat(first.rows("totals")).isEqualTo(totalsBySql());
      assertThat(first.rows("airports")).isEqualTo(second.rows("airports"));
      first.screenshot(Path.of("target", "screenshots", "board.png"));
    }
  }

  @Test
  void aSelectOfTheReadersOwnIsLiveBesideTheOthers() {
    replayer.rate(200);
    replayer.resume();
    try (Browser browser = Browser.open("http://localhost:" + port + "/")) {
      Browser.await("flights", SOON, () -> browser.table("board").size() == 12);
      browser.submitOwn("SELECT COUNT(*) AS n FROM flight");
      Browser.await("the answer", SOON, () -> !browser.table("own-result").isEmpty());
      List<List<String>> before = browser.table("own-result");
      Browser.await("it changes", SOON, () -> !browser.table("own-result").equals(before));
      browser.submitOwn("DELETE FROM flight");
      Browser.await("a refusal", SOON, () -> browser.text("own-error").contains("SELECT"));
      assertThat(jdbc.sql("SELECT COUNT(*) FROM flight").query(Long.class).single()).isPositive();
    }
  }

  @Test
  void anUpdateByTheNativeShellIsOnThePageAndNoted() throws Exception {
    NativeShell.assumeInstalled();
    replayer.rate(200);
    replayer.resume();
    try (Browser browser = Browser.open("http://localhost:" + port + "/")) {
      Browser.await("flights", SOON, () -> browser.table("board").size() == 12);
      replayer.pause();
      NativeShell.run(
          folder.resolve("board.db"),
          "UPDATE flight SET delay = 4321 WHERE id = (SELECT MIN(id) FROM flight)");
      Browser.await("the page corrects itself", SOON, () -> browser.rows("worst").contains("4321"));
      Browser.await(
          "a notice",
          SOON,
          () -> browser.text("notice").startsWith("Another process changed the data"));
      assertThat(browser.table("worst")).isEqualTo(worstBySql());
    }
  }

  private List<List<String>> worstBySql() {
    return jdbc.sql(
            "SELECT departure, origin, destination, delay FROM flight WHERE delay IS NOT NULL"
                + " ORDER BY delay DESC, id LIMIT 10")
        .query((row, n) ->
            List.of(
                row.getString(1), row.getString(2), row.getString(3), row.getString(4) + " min"))
        .list();
  }

  private String totalsBySql() {
    return jdbc.sql("SELECT COUNT(*), COUNT(delay) FROM flight")
        .query((row, n) -> "[[" + row.getLong(1) + "," + row.getLong(2) + "]]")
        .single();
  }
}
