package dev.turso.damage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Session;
import dev.turso.vfs.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * VACUUM with another page size replaces the file as a whole: the power is cut at every write and
 * every sync, and whoever comes next, this engine or native SQLite, finds all of the content, in pages
 * of the old size or of the new one.
 */
class ResizeCrashTest {

  private static final String CONTENT =
      "SELECT count(*), sum(id), sum(length(b)), max(a), (SELECT count(*) FROM t WHERE a > '') FROM t";

  @TempDir Path folder;

  private int points;
  private final Set<String> sizes = new HashSet<>();

  @Test
  void aFileIsOfTheOldSizeOrOfTheNew() throws IOException {
    try (NativeJudge judge = new NativeJudge()) {
      for (int[] each : new int[][] {{512, 4096}, {4096, 512}, {1024, 2048}}) {
        for (String mode : List.of("DELETE", "PERSIST", "OFF")) {
          vacuum(each[0], each[1], mode, judge);
        }
      }
    }
    System.out.println("crashes of VACUUM with another page size: " + points);
    assertThat(points).isGreaterThan(100);
  }

  private void vacuum(int from, int to, String mode, NativeJudge judge) throws IOException {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    List<String> expected = new ArrayList<>();
    List<SimulatedFileSystem> cut = new ArrayList<>();
    try (Database database = Shape.open(disk);
        Session session = database.connect()) {
      session.execute("PRAGMA page_size=" + from);
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b); CREATE INDEX i ON t(a)");
      session.execute(
          "INSERT INTO t SELECT value, 'a' || value, zeroblob(value * 9)"
              + " FROM generate_series(1, 40)");
      session.execute("DELETE FROM t WHERE id % 4 = 0");
      session.execute("PRAGMA journal_mode=" + mode);
      session.execute("PRAGMA page_size=" + to);
      session.execute("PRAGMA auto_vacuum=FULL");
      expected.addAll(Shape.rows(session, CONTENT));
      disk.syncDirectory("/");
      disk.onPoint(point -> cut.add(disk.afterPowerCut(point % 5)));
      session.execute("VACUUM");
      disk.onPoint(point -> {});
      assertThat(Shape.rows(session, CONTENT)).isEqualTo(expected);
    }
    sizes.clear();
    for (int i = 0; i < cut.size(); i++) {
      String where = from + " to " + to + ", " + mode + ", point " + i;
      Map<String, byte[]> left = cut.get(i).files();
      String size = look(cut.get(i), expected, where);
      if (i % 7 == 0) {
        lookNatively(judge, left, expected.getFirst(), size, where);
      }
    }
    assertThat(sizes).contains(String.valueOf(from)).isSubsetOf("" + from, "" + to);
  }

  private String look(SimulatedFileSystem disk, List<String> expected, String where) {
    points++;
    try (Database database = Shape.open(disk);
        Session session = database.connect()) {
      assertThat(Shape.rows(session, CONTENT)).as(where).isEqualTo(expected);
      assertThat(Shape.answer(session, "PRAGMA integrity_check")).as(where).isEqualTo("ok");
      String size = Shape.answer(session, "PRAGMA page_size");
      sizes.add(size);
      session.execute("INSERT INTO t VALUES(999, 'next', zeroblob(5000))");
      return size;
    }
  }

  private void lookNatively(
      NativeJudge judge, Map<String, byte[]> files, String content, String size, String where)
      throws IOException {
    Path file = folder.resolve("cut.db");
    for (String suffix : List.of("", "-journal")) {
      Files.deleteIfExists(Path.of(file + suffix));
      byte[] bytes = files.get(Shape.PATH + suffix);
      if (bytes != null) {
        Files.write(Path.of(file + suffix), bytes);
      }
    }
    assertThat(judge.ask(file, List.of(CONTENT, "PRAGMA integrity_check", "PRAGMA page_size")))
        .as(where)
        .containsExactly(content + ";", "ok;", size + ";");
  }
}
