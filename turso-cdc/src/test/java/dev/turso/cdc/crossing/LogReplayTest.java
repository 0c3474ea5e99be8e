package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.session.Extensions;
import dev.turso.vfs.MemoryFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random steps over everything that the log has to tell, and the log replayed into an empty database,
 * which must be equal. A replica follows and is compared as the steps go; at the end of a program another
 * one is given the whole log at once.
 *
 * <p>{@code -Dturso.replay.steps} says how many steps in all, {@code -Dturso.seed} which. One of twenty is
 * of the programs with two processes, which are slow.
 */
class LogReplayTest {

  private static final int STEPS = Integer.getInteger("turso.replay.steps", 360);
  private static final int STEPS_OF_ONE = 400;
  private static final int TOLD_EVERY = 10_000;
  private static final int COMPARED_EVERY = 50;

  /** Of so many programs two are given whole to another replica in the end, one of each mix. */
  private static final int ANEW_EVERY = 10;

  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());

  @TempDir Path folder;

  /** A program of so many steps. */
  private interface Program {

    /**
     * Returns how many steps it made.
     *
     * @param program its number
     */
    long run(long seed, long program, int steps) throws Exception;
  }

  @Test
  void theLogReplayedIntoAnEmptyDatabaseGivesAnEqualOne() throws Exception {
    programs(
        "one session",
        STEPS - two() - processes(),
        0,
        (seed, program, steps) -> run(seed, program, steps, 1));
  }

  @Test
  void soItDoesAfterTwoSessionsThatGetInEachOthersWay() throws Exception {
    programs(
        "two sessions", two(), 1 << 20, (seed, program, steps) -> run(seed, program, steps, 2));
  }

  @Test
  void soItDoesAfterTwoProcessesOneOfWhichIsKilledNowAndThen() throws Exception {
    programs("two processes", processes(), 2 << 20, this::twoProcesses);
  }

  @Test
  void anyTextIsTheNameOfAColumn() {
    try (Database database = Database.open("mem:replay-names", Options.DEFAULT);
        Session session = database.connect();
        Replica replica = new Replica()) {
      session.execute("PRAGMA turso_capture = 'full'");
      session.execute(
          "CREATE TABLE t (\"a\nb\" INT, \"4:c\" INT, \"\" INT, \"\uD83D\uDE00:,\" INT)");
      session.execute("INSERT INTO t VALUES (1, 2, 3, 4), (5, 6, 7, 8)");
      session.execute("UPDATE t SET \"\" = 9, \"a\nb\" = 10 WHERE \"4:c\" = 2");
      session.execute("ALTER TABLE t RENAME COLUMN \"a\nb\" TO \"\n\"");
      session.execute("ALTER TABLE t ADD COLUMN \"\n\n\" DEFAULT 'd'");
      session.execute("INSERT INTO t VALUES (11, 12, 13, 14, 15)");
      replica.compare(database, session, "before the column is dropped");
      session.execute("ALTER TABLE t DROP COLUMN \"\"");
      session.execute("DELETE FROM t WHERE \"\n\" = 5");
      session.execute("INSERT INTO t VALUES (16, 17, 18, 19)");
      replica.compare(database, session, "after the column is dropped");
      compareAnew(database, session, "at the end");
    }
  }

  @Test
  void aRowThatGetsAnotherKeyDoesNotMoveTheNumberOfItsTable() {
    try (Database database = Database.open("mem:replay-numbers", Options.DEFAULT);
        Session session = database.connect();
        Replica replica = new Replica()) {
      session.execute("PRAGMA turso_capture = 'full'");
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x)");
      session.execute("INSERT INTO t(x) VALUES (1), (2)");
      session.execute("UPDATE t SET id = id + 100, x = 3 WHERE id = 2");
      replica.compare(database, session, "with a number");
      session.execute("DELETE FROM t WHERE id = 102; INSERT INTO t VALUES (50, 4)");
      session.execute("INSERT INTO t(x) VALUES (5)");
      session.execute("ALTER TABLE t RENAME TO u");
      session.execute("UPDATE u SET id = 70 WHERE id = 51");
      replica.compare(database, session, "after a rename");
      compareAnew(database, session, "at the end");
    }
  }

  private static int two() {
    return STEPS / 3;
  }

  private static int processes() {
    return Math.max(STEPS / 20, Math.min(STEPS / 3, 120));
  }

  private static void programs(String what, int steps, long offset, Program program)
      throws Exception {
    System.out.println("LogReplayTest seed " + SEED + ", " + what);
    long made = 0;
    int most = Math.min(STEPS_OF_ONE, Math.max(steps / 2, 1));
    for (int i = 0; made < steps; i++) {
      long before = made;
      long seed = SEED * (4 << 20) + offset + i;
      made += program.run(seed, i, (int) Math.min(most, steps - made));
      if (made / TOLD_EVERY != before / TOLD_EVERY) {
        System.out.println("LogReplayTest " + what + ": " + made + " steps so far");
      }
    }
    System.out.println("LogReplayTest " + what + ": " + made + " steps");
  }

  // ---- one process

  private static long run(long seed, long program, int steps, int writers) {
    MemoryFileSystem files = new MemoryFileSystem();
    Random random = new Random(~seed);
    ReplayWriter[] all = new ReplayWriter[writers];
    long[] made = new long[1];
    ReplayWriter.Mix mix = ReplayWriter.Mix.of(program);
    try (Replica replica = new Replica()) {
      for (int restart = 0; made[0] < steps; restart++) {
        try (Database database =
            Database.open(files, Extensions.installed(), "/db", ReplayWriter.OPTIONS)) {
          for (int i = 0; i < writers; i++) {
            String name = (char) ('a' + i) + (restart + "_");
            all[i] = new ReplayWriter(database.connect(), mix, seed + 31L * restart + i, name);
          }
          if (restart == 0) {
            all[0].setUp();
          }
          boolean last = writers == 1 || random.nextInt(4) == 0;
          long most = last ? steps : Math.min(steps, made[0] + 1 + random.nextInt(300));
          write(database, all, random, most, made, replica, seed);
          if (made[0] >= steps) {
            if (program % ANEW_EVERY <= 1) {
              compareAnew(database, all[0].session(), "seed " + seed + " at the end");
            }
            replica.checkIntegrity();
          }
          List.of(all).forEach(ReplayWriter::close);
        }
      }
    }
    return made[0];
  }

  private static void write(
      Database database,
      ReplayWriter[] all,
      Random random,
      long most,
      long[] made,
      Replica replica,
      long seed) {
    while (made[0] < most) {
      ReplayWriter writer = all[random.nextInt(all.length)];
      int before = writer.steps();
      writer.statements(all.length == 1 ? Integer.MAX_VALUE : 1 + random.nextInt(4));
      made[0] += writer.steps() - before;
      if (writer.steps() != before && made[0] % COMPARED_EVERY == 0 || made[0] == most) {
        List.of(all).forEach(ReplayWriter::finish);
        replica.compare(database, all[0].session(), "seed " + seed + " " + writer);
      }
    }
  }

  private static void compareAnew(Database database, Session session, String when) {
    try (Replica fresh = new Replica()) {
      fresh.compare(database, session, when + ", replayed anew");
      fresh.checkIntegrity();
    }
  }

  // ---- two processes

  private long twoProcesses(long seed, long program, int steps) throws Exception {
    String file = folder.resolve(seed + ".db").toString();
    Random random = new Random(~seed);
    long made = 0;
    ReplayWriter.Mix mix = ReplayWriter.Mix.of(program);
    Process other = null;
    try (Database database = Database.open(file, ReplayWriter.OPTIONS);
        ReplayWriter writer = new ReplayWriter(database.connect(), mix, seed, "a");
        Replica replica = new Replica()) {
      writer.session().busyTimeout(300_000);
      writer.setUp();
      other = start(file, mix, seed + 1, "b");
      for (int i = 1; i <= (steps + 1) / 2; i++) {
        writer.statements(Integer.MAX_VALUE);
        if (i % COMPARED_EVERY == 0) {
          compareLocked(database, writer, replica, seed);
        }
        if (random.nextInt(400) == 0) {
          other.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
          other = start(file, mix, seed + i + 1, "b" + i + "_");
        }
      }
      made = writer.steps() + end(other, seed);
      compareLocked(database, writer, replica, seed);
      compareAnew(database, writer.session(), "seed " + seed + " at the end");
      assertThat(Sql.texts(writer.session(), "PRAGMA integrity_check")).containsExactly("ok");
    } finally {
      if (other != null) {
        other.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
      }
    }
    return made;
  }

  /** Compares while nobody else can write. */
  private static void compareLocked(
      Database database, ReplayWriter writer, Replica replica, long seed) {
    writer.session().execute("BEGIN IMMEDIATE");
    replica.compare(database, writer.session(), "seed " + seed + " " + writer);
    writer.session().execute("ROLLBACK");
  }

  private static Process start(String file, ReplayWriter.Mix mix, long seed, String name)
      throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-ea",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            ReplayWriter.class.getName(),
            file,
            String.valueOf(seed),
            name,
            mix.name())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Has the other process end, and returns how many steps it made. */
  private static long end(Process other, long seed) throws Exception {
    other.getOutputStream().close();
    String told = other.inputReader().readLine();
    assertThat(other.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(other.exitValue()).as("seed %d: the other process", seed).isZero();
    return Long.parseLong(String.valueOf(told).substring("steps ".length()));
  }
}
