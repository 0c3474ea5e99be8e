package dev.turso.cdc.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer and two readers that share a cursor, each a process of its own, killed and started again:
 * nothing is lost and nothing comes twice. {@code -Dturso.kills} says how often.
 */
class CursorKillTest {

  private static final int KILLS = Integer.getInteger("turso.kills", 3);

  @TempDir Path folder;

  @Test
  void nothingIsLostAndNothingComesTwice() throws Exception {
    long seed = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
    System.out.println("CursorKillTest seed " + seed + ", kills " + KILLS);
    Random random = new Random(seed);
    String file = folder.resolve("killed.db").toString();
    try (Database database = Database.open(file, KilledProcess.options());
        Session session = database.connect()) {
      session.execute(
          "PRAGMA turso_capture = 'full';"
              + " CREATE TABLE t (id INTEGER PRIMARY KEY, a);"
              + " CREATE TABLE seen (n INTEGER PRIMARY KEY, id INTEGER, change INTEGER)");
    }
    String[] roles = {"writer", "reader", "reader"};
    Process[] processes = new Process[roles.length];
    try {
      for (int i = 0; i < roles.length; i++) {
        processes[i] = start(roles[i], file);
      }
      awaitStart(processes[0]);
      for (int i = 0; i < KILLS; i++) {
        int victim = i < roles.length ? i : random.nextInt(roles.length);
        Thread.sleep(300 + random.nextInt(500));
        processes[victim].destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        processes[victim] = start(roles[victim], file);
        if (victim == 0) {
          awaitStart(processes[victim]);
        }
      }
      Thread.sleep(300);
    } finally {
      for (Process each : processes) {
        if (each != null) {
          each.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
      }
    }
    check(file);
  }

  private static void awaitStart(Process process) throws IOException {
    assertThat(process.inputReader().readLine()).isEqualTo("started");
  }

  private static Process start(String role, String file) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledProcess.class.getName(),
            role,
            file)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void check(String file) throws Exception {
    try (Database database = Database.open(file, KilledProcess.options());
        Session session = database.connect()) {
      KilledProcess.read(database, 2500);
      List<Long> written = ids(session, "SELECT id FROM t ORDER BY id");
      List<Long> seen = ids(session, "SELECT id FROM seen ORDER BY n");
      System.out.println("CursorKillTest " + written.size() + " rows written");
      assertThat(written).isNotEmpty();
      assertThat(seen).isEqualTo(written);
    }
  }

  private static List<Long> ids(Session session, String sql) {
    List<Long> ids = new ArrayList<>();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        ids.add(rows.getLong(0));
      }
    }
    return ids;
  }
}
