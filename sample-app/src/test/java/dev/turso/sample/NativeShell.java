package dev.turso.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The native {@code sqlite3} shell: another process on the same file. */
final class NativeShell {

  private static final String MISSING = "the sqlite3 shell is not on the path";

  private NativeShell() {}

  /** Skips the calling test where the shell is missing. */
  static void assumeInstalled() {
    boolean found = false;
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      found |= new File(folder, "sqlite3").canExecute();
    }
    org.junit.jupiter.api.Assumptions.assumeTrue(found, MISSING);
  }

  /** Runs SQL and gives what the shell prints. */
  static String run(Path file, String sql) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sqlite3", "-batch", "-cmd", ".timeout 5000", file.toString(), sql)
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(30, TimeUnit.SECONDS)).as("the shell ends").isTrue();
    assertThat(shell.exitValue()).as(output).isZero();
    return output.strip();
  }
}
