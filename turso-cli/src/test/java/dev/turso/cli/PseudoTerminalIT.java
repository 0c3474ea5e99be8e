package dev.turso.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell at a pseudo-terminal, which {@code script} makes: what a person types and sees. */
@NullUnmarked
class PseudoTerminalIT {

  private static final long WAIT_SECONDS = 60;

  /**
   * Who starts a build in the background may have it ignore SIGINT, and what is ignored is
   * inherited. A shell that stays between is interrupted as well, and some then end with 130: hence
   * {@code exec}.
   */
  private static final String LISTENING =
      "listening='env --default-signal=INT'; $listening true 2>/dev/null || listening=; ";

  @TempDir Path folder;
  private Process process;
  private OutputStream keyboard;
  private final StringBuilder screen = new StringBuilder();

  @BeforeEach
  void start() throws IOException {
    start(100, 30);
  }

  private void start(int columns, int rows) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script command here");
    List<String> java =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            "'" + System.getProperty("java.class.path") + "'",
            "dev.turso.cli.Main",
            "'" + folder.resolve("shell.db") + "'");
    ProcessBuilder builder =
        new ProcessBuilder(
            "script",
            "-qec",
            "stty cols %d rows %d; ".formatted(columns, rows)
                + LISTENING
                + "exec $listening "
                + String.join(" ", java),
            "/dev/null");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().put("TURSO_HISTORY", folder.resolve("history").toString());
    process = builder.redirectErrorStream(true).start();
    keyboard = process.getOutputStream();
    InputStream out = process.getInputStream();
    Thread.ofPlatform().daemon().start(() -> capture(out));
  }

  private void capture(InputStream out) {
    byte[] buffer = new byte[4096];
    try {
      for (int n = out.read(buffer); n >= 0; n = out.read(buffer)) {
        synchronized (screen) {
          screen.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
          screen.notifyAll();
        }
      }
    } catch (IOException e) {
      // the terminal was closed
    }
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void type(String keys) throws IOException {
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  /** Waits until a text is on the screen, and forgets everything up to it. */
  private void see(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    synchronized (screen) {
      while (plain().indexOf(text) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertThat(left).as("waiting for \"" + text + "\" on:\n" + plain()).isPositive();
        screen.wait(left);
      }
      String seen = plain();
      screen.setLength(0);
      screen.append(seen.substring(seen.indexOf(text) + text.length()));
    }
  }

  /** The screen without colours and movements. */
  private String plain() {
    return screen.toString().replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\u001b[=>]|\r", "");
  }

  @Test
  void aPersonCompletesInterruptsAndWatches() throws Exception {
    see("turso> ");
    type("CREATE TABLE flight (id INTEGER PRIMARY KEY, origin TEXT);\r");
    see("turso> ");
    // completion of a keyword, a table and a column; a statement over two lines
    type("INSERT INTO fli\tVALUES (1, 'ORD');\r");
    see("flight ");
    see("turso> ");
    type("SELECT ori\tAS o\rFROM flight;\r");
    see("origin ");
    see("...> ");
    see("ORD");
    see("turso> ");
    // an error has an arrow
    type("SELECT nosuch FROM flight;\r");
    see("^--- error here");
    see("turso> ");
    // Ctrl-C ends the statement and not the program
    type("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c) SELECT count(*) FROM c;\r");
    see("Ctrl-C stops it");
    type("\u0003");
    see("interrupted");
    see("turso> ");
    // a live query is redrawn when somebody else commits
    type(".watch SELECT origin, count(*) AS n FROM flight GROUP BY origin\r");
    see("│ ORD");
    see("a key ends it");
    if (!Programs.nativeVersion().isEmpty()) {
      Programs.runNative(
          folder,
          "INSERT INTO flight (origin) VALUES ('DTW');",
          folder.resolve("shell.db").toString());
      see("│ DTW");
    }
    type("q");
    see("turso> ");
    type(".quit\r");
    assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aTerminalThatHasNoSizeIsGivenAnOrdinaryOne() throws Exception {
    see("turso> ");
    stop();
    process.waitFor();
    start(0, 0);
    see("turso> ");
    type("SELECT 40 + 2 AS answer;\r");
    see("answer");
    see("42");
  }
}
