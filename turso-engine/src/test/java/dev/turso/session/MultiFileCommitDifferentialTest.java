package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.btree.Shell;
import dev.turso.format.Bytes;
import dev.turso.pager.JournalMode;
import dev.turso.pager.MultiFileCommit;
import dev.turso.pager.Pager;
import dev.turso.pager.PagerOptions;
import dev.turso.vfs.PowerCut;
import dev.turso.vfs.SimulatedFileSystem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits over two files that one engine began and the other finds. */
class MultiFileCommitDifferentialTest {

  private static final int USER_VERSION = 60;

  @TempDir Path directory;

  @BeforeEach
  void needsTheShell() {
    assumeTrue(Shell.present(), "the sqlite3 shell is not installed");
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void nativeSqliteRecoversACommitThatWeBegan() throws Exception {
    SimulatedFileSystem whole = new SimulatedFileSystem();
    script(whole);
    int points = whole.points();
    for (int point = 1; point <= points; point++) {
      SimulatedFileSystem disk = new SimulatedFileSystem();
      disk.cutPowerAt(point);
      script(disk);
      dump(disk.afterPowerCut(point % 3));
      String found =
          Shell.run(
              directory.resolve("a"),
              "PRAGMA user_version; ATTACH '" + file("b") + "' AS b; PRAGMA b.user_version;");
      String[] versions = found.split("\n");
      assertThat(versions).as("cut at " + point + ": " + found).hasSize(2);
      assertThat(versions[0]).as("cut at " + point).isEqualTo(versions[1]);
    }
    System.out.println("native recovery of " + points + " cuts of a commit over two files");
  }

  private void script(SimulatedFileSystem disk) {
    try {
      Pager a = open(disk, "a");
      Pager b = open(disk, "b");
      for (int i = 1; i <= 3; i++) {
        a.beginWrite();
        b.beginWrite();
        Bytes.put32(a.write(1), USER_VERSION, i);
        Bytes.put32(b.write(1), USER_VERSION, i);
        MultiFileCommit.commit(MultiFileCommit.together(List.of(a, b)), false);
      }
      a.close();
      b.close();
    } catch (PowerCut e) {
      return;
    }
  }

  private Pager open(SimulatedFileSystem disk, String name) {
    return Pager.open(disk, file(name), PagerOptions.DEFAULT.withJournalMode(JournalMode.DELETE));
  }

  private void dump(SimulatedFileSystem disk) throws Exception {
    clear();
    for (String each : disk.names()) {
      Files.write(Path.of(each), disk.content(each));
    }
  }

  private void clear() throws Exception {
    try (Stream<Path> all = Files.list(directory)) {
      for (Path each : all.toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void weRecoverCommitsThatNativeSqliteBegan() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Shell.run(directory.resolve("a"), "CREATE TABLE t(n); INSERT INTO t VALUES(0);");
    Shell.run(directory.resolve("b"), "CREATE TABLE t(n); INSERT INTO t VALUES(0);");
    StringBuilder script = new StringBuilder("ATTACH '" + file("b") + "' AS b;\n");
    for (int i = 0; i < 3000; i++) {
      script.append("BEGIN; UPDATE main.t SET n = n + 1; UPDATE b.t SET n = n + 1; COMMIT;\n");
    }
    int hot = 0;
    for (int round = 0; round < 12; round++) {
      killed(script.toString(), 20 + random.nextInt(60));
      hot += Files.exists(directory.resolve("a-journal")) ? 1 : 0;
      try (Database database = Database.open(file("a"), Options.DEFAULT);
          Session session = database.connect()) {
        session.execute("ATTACH '" + file("b") + "' AS b");
        String sums = SessionRows.of(session, "SELECT a.n = b.n FROM main.t AS a, b.t AS b");
        assertThat(sums).isEqualTo("1");
        assertThat(SessionRows.of(session, "PRAGMA integrity_check")).isEqualTo("ok");
        session.execute(
            "BEGIN; UPDATE main.t SET n = n + 1; UPDATE b.t SET n = n + 1; COMMIT; DETACH b");
      }
      assertThat(Files.exists(directory.resolve("a-journal"))).isFalse();
    }
    System.out.println("killed in a commit: " + hot + " of 12");
  }

  private void killed(String script, int millis) throws Exception {
    Process process =
        new ProcessBuilder("sqlite3", "-batch", file("a"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Thread feeder =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try (var out = process.getOutputStream()) {
                out.write(script.getBytes(StandardCharsets.UTF_8));
              } catch (java.io.IOException e) {
                // It is dead, as it should be.
              }
            });
    Thread.sleep(millis);
    process.destroyForcibly().waitFor();
    feeder.join();
  }
}
