package dev.turso.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.btree.Shell;
import dev.turso.vfs.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two JVMs with this engine and two native processes write one file: nothing is lost, and the sum of
 * all accounts stays the same. How long is set by {@code -Dturso.sharing.process-seconds}, 5 if not.
 */
class ManyProcessesTest {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("a.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void sumsAreConserved(String journalMode) throws Exception {
    assumeTrue(Shell.present(), "the sqlite3 shell is not installed");
    long seconds = Long.getLong("turso.sharing.process-seconds", 5);
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Shell.run(
        file(),
        "PRAGMA journal_mode="
            + journalMode
            + "; CREATE TABLE a(id INTEGER PRIMARY KEY, n); CREATE TABLE moves(n, filler);"
            + "CREATE INDEX mi ON moves(n);"
            + "WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM c WHERE x < 99)"
            + "INSERT INTO a SELECT x, 1000 FROM c;");
    List<Process> ours = new ArrayList<>();
    List<Feeder> natives = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ours.add(jvm(seconds, seed + 100L * i, i));
      natives.add(new Feeder(new Random(seed + i)));
    }
    int made = 0;
    for (int i = 0; i < 2; i++) {
      assertThat(ours.get(i).waitFor()).as(() -> said("jvm0") + said("jvm1")).isZero();
      made += Integer.parseInt(said("jvm" + i).strip());
    }
    for (Feeder each : natives) {
      assertThat(each.stop()).isEmpty();
    }
    String after = "SELECT sum(n), count(*) FROM a; PRAGMA integrity_check;";
    assertThat(Shell.run(file(), after)).isEqualTo("100000|100\nok");
    assertThat(jvmChecks()).isZero();
    System.out.printf(
        "%s: %d transfers by two JVMs, %d sent to two native processes%n",
        journalMode, made, natives.get(0).sent + natives.get(1).sent);
  }

  private Process jvm(long seconds, long seed, int number) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-ea",
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            TransfersProcess.class.getName(),
            file().toString(),
            Long.toString(seconds),
            Long.toString(seed),
            "3")
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("jvm" + number).toFile())
        .start();
  }

  /** The engine, in a process of its own, makes no transfer but looks. */
  private int jvmChecks() throws Exception {
    Process process = jvm(1, 7, 9);
    return process.waitFor();
  }

  private String said(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /**
   * A native process that is fed with transfers until it is told to stop. It is given one when it has
   * answered the one before, and rests for a moment: SQLite's locks have no queue, and a process that
   * never rests keeps a file with a rollback journal to itself for as long as it likes.
   */
  private final class Feeder {
    private static final String DONE = "done";

    private final Process process;
    private final Thread thread;
    private final StringBuilder said = new StringBuilder();
    private volatile boolean stopped;
    private volatile int sent;

    Feeder(Random random) throws IOException {
      process =
          new ProcessBuilder("sqlite3", "-batch", file().toString())
              .redirectErrorStream(true)
              .start();
      thread = Thread.ofPlatform().start(() -> feed(random));
    }

    private void feed(Random random) {
      try (Writer out = process.outputWriter(StandardCharsets.UTF_8);
          BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
        out.write(".timeout 30000\n");
        while (!stopped) {
          String one =
              TransfersProcess.transfer(
                  random.nextInt(100),
                  random.nextInt(100),
                  random.nextInt(50),
                  random.nextInt(8) == 0 ? "ROLLBACK" : "COMMIT");
          out.write(one + "\n.print " + DONE + "\n");
          out.flush();
          sent++;
          readAnswer(in);
          Patience.sleep(random.nextInt(2_000_000));
        }
      } catch (IOException e) {
        said.append(e);
      }
    }

    private void readAnswer(BufferedReader in) throws IOException {
      for (String line = in.readLine(); !DONE.equals(line); line = in.readLine()) {
        if (line == null) {
          throw new IOException("the native process has ended");
        }
        said.append(line).append('\n');
      }
    }

    /** All that it said but for the answers expected. */
    String stop() throws InterruptedException {
      stopped = true;
      thread.join();
      assertThat(process.waitFor()).isZero();
      return said.toString();
    }
  }
}
