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
 * the writer, a reader, or several of them at once. Nothing is lost and nothing comes twice. {@code
 * -Dturso.kills} says how often.
 */
class CursorKillTest {

  private static final int KILLS = Integer.getInteger("turso.kills", 4);
  private static final String[] ROLES = {"writer", "reader", "reader"};

  /** Who is killed at once, by index of role. */
  private static final int[][] VICTIMS = {{0}, {1}, {0, 2}, {1, 2}, {0, 1}, {2}, {0, 1, 2}};

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
    Process[] processes = new Process[ROLES.length];
    int[] kills = new int[ROLES.length + 1];
    try {
      for (int i = 0; i < ROLES.length; i++) {
        processes[i] = start(ROLES[i], file);
      }
      awaitStart(processes[0]);
      for (int i = 0; i < KILLS; i++) {
        int[] victims = VICTIMS[i < VICTIMS.length ? i : random.nextInt(VICTIMS.length)];
        Thread.sleep(300 + random.nextInt(500));
        kill(victims, processes);
        kills[victims.length]++;
        for (int each : victims) {
          processes[each] = start(ROLES[each], file);
        }
        if (victims[0] == 0) {
          awaitStart(processes[0]);
        }
      }
      Thread.sleep(300);
    } finally {
      kill(new int[] {0, 1, 2}, processes);
    }
    System.out.printf(
        "CursorKillTest: %d kills of one, %d of two and %d of three at once%n",
        kills[1], kills[2], kills[3]);
    check(file);
  }

  private static void kill(int[] victims, Process[] processes) throws InterruptedException {
    for (int each : victims) {
      if (processes[each] != null) {
        processes[each].destroyForcibly();
      }
    }
    for (int each : victims) {
      if (processes[each] != null) {
        assertThat(processes[each].waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
    }
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
      List<Long> written = ids(session, "SELECT id FROM t ORDER BY id");
      List<Long> seen;
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
      do {
        KilledProcess.read(database, 2500);
        seen = ids(session, "SELECT id FROM seen ORDER BY n");
      } while (seen.size() < written.size() && System.nanoTime() < deadline);
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
