package dev.turso.damage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.OpenMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bytes of a file, of its log or of its journal are wrong. Native SQLite is the judge: where it
 * reports an error we do not answer with rows; where it answers, we answer the same or report damage.
 * Never a hang, a StackOverflowError or an OutOfMemoryError.
 *
 * <p>How many damages of each kind: {@code -Dturso.damages}, 60 if not set. The seed is the date's,
 * so that every day sees others; {@code -Dturso.seed} overrides it.
 */
class DamagedFilesDifferentialTest {

  private static final int DAMAGES = Integer.getInteger("turso.damages", 60);

  private static final List<String> CONTENT =
      List.of(
          "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b BLOB)",
          "CREATE INDEX i ON t(a)",
          "CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID",
          "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 300) INSERT INTO"
              + " t SELECT n, 'a' || (n * 7919 % 1000), zeroblob(iif(n % 40 = 0, 3000, 20)) FROM c",
          "INSERT INTO w SELECT 'k' || id || a, id * 1.5 FROM t",
          "DELETE FROM t WHERE id BETWEEN 100 AND 140");

  private static final List<String> LATER =
      List.of(
          "UPDATE t SET a = a || 'x' WHERE id % 3 = 0",
          "INSERT INTO w SELECT 'l' || id, a FROM t",
          "INSERT INTO t SELECT id + 1000, a, b FROM t WHERE id < 60",
          "DELETE FROM w WHERE v < 100");

  private static final List<String> READS =
      List.of(
          "SELECT count(*), sum(id), sum(length(a)), sum(length(b)), max(a) FROM t NOT INDEXED",
          "SELECT count(*), min(a), max(a), sum(length(a)) FROM t INDEXED BY i WHERE a >= ''",
          "SELECT count(*), sum(length(k)), sum(length(v)) FROM w",
          "SELECT id, length(b), a FROM t WHERE id IN (5, 80, 200, 299, 1040) ORDER BY id",
          "SELECT id, length(b) FROM t INDEXED BY i WHERE a BETWEEN 'a3' AND 'a35' ORDER BY a, id",
          "SELECT k, v FROM w WHERE k > 'k2' LIMIT 20");

  /**
   * From here on queries seek. Where a tree is out of order different searches find different places,
   * and native SQLite reports a row that its own search does not find, whoever finds it.
   */
  private static final int FIRST_SEEK = 3;

  private static final List<String> QUESTIONS = new ArrayList<>(READS);

  static {
    QUESTIONS.add("PRAGMA integrity_check");
  }

  private static final List<String> WRITES =
      List.of(
          "INSERT INTO t VALUES (5000, 'new', zeroblob(5000))",
          "UPDATE t SET b = zeroblob(2500) WHERE id % 11 = 0",
          "DELETE FROM t WHERE id % 5 = 0",
          "DELETE FROM w WHERE k > 'k5'",
          "CREATE INDEX j ON t(b, a)",
          "DROP TABLE w",
          "VACUUM");

  @TempDir static Path directory;

  private static NativeJudge judge;

  /** What is damaged, and the statements that make it. */
  enum Victim {
    FILE("", "PRAGMA page_size=1024"),
    FILE_WITH_POINTER_MAP("", "PRAGMA page_size=512", "PRAGMA auto_vacuum=1"),
    LOG("-wal", "PRAGMA page_size=1024", "PRAGMA journal_mode=WAL"),
    FILE_UNDER_LOG("", "PRAGMA page_size=1024", "PRAGMA journal_mode=WAL"),
    JOURNAL("-journal", "PRAGMA page_size=1024");

    private final String suffix;
    private final String[] before;

    Victim(String suffix, String... before) {
      this.suffix = suffix;
      this.before = before;
    }
  }

  @BeforeAll
  static void startJudge() {
    judge = new NativeJudge();
  }

  @AfterAll
  static void stopJudge() {
    judge.close();
  }

  @ParameterizedTest
  @EnumSource
  void neverRowsWhereNativeSqliteReportsDamage(Victim victim) throws Exception {
    long seed = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
    Random random = new Random(seed * 31 + victim.ordinal());
    WRONG.clear();
    Path made = make(victim);
    int told = 0;
    int differ = 0;
    for (int i = 0; i < DAMAGES; i++) {
      long one = random.nextLong();
      String where = victim + ", seed " + seed + ", damage " + i;
      byte[][] files = damaged(made, victim, new Random(one));
      List<String> natives = judge.ask(write(files), QUESTIONS);
      boolean sound = natives.getLast().equals("ok;");
      List<String> ours = bounded(where, () -> ours(files));
      for (int k = 0; k < READS.size(); k++) {
        boolean nativeFails = natives.get(k).startsWith(NativeJudge.ERROR);
        boolean weFail = ours.get(k).startsWith(NativeJudge.ERROR);
        String what = where + ": " + READS.get(k) + "\nnative: " + natives.get(k);
        if (nativeFails && !weFail && k >= FIRST_SEEK && !sound) {
          differ++;
        } else if (nativeFails) {
          told++;
          wrong(weFail, what + "\nours: " + ours.get(k), made, files, victim);
        } else if (!weFail && !ours.get(k).equals(natives.get(k))) {
          // In a tree that is out of order different searches find different places.
          wrong(!sound, what + "\nours: " + ours.get(k), made, files, victim);
        } else if (!weFail) {
          wrong(
              ours.get(k).equals(natives.get(k)),
              what + "\nours: " + ours.get(k),
              made,
              files,
              victim);
        } else {
          differ++;
        }
      }
    }
    System.out.printf(
        "%s: %d damages, %d answers refused by both, %d by us alone (seed %d)%n",
        victim, DAMAGES, told, differ, seed);
    assertThat(WRONG).isEmpty();
  }

  private static final List<String> WRONG = new ArrayList<>();

  private static void wrong(boolean right, String what, Path made, byte[][] files, Victim victim)
      throws IOException {
    if (!right) {
      String[] suffixes = {"", "-wal", "-journal"};
      StringBuilder text = new StringBuilder(what);
      for (int i = 0; i < 3; i++) {
        if (suffixes[i].equals(victim.suffix)) {
          byte[] sound = Files.readAllBytes(Path.of(made + suffixes[i]));
          for (int at = 0; at < sound.length; at++) {
            if (sound[at] != files[i][at] && text.length() < 900) {
              text.append(
                  String.format(
                      "%n  at %d (page %d + %d): %02x -> %02x",
                      at, at / 1024 + 1, at % 1024, sound[at], files[i][at]));
            }
          }
        }
      }
      System.out.println(text);
      WRONG.add(what);
    }
  }

  private static Path make(Victim victim) {
    Path made = directory.resolve(victim.name());
    List<String> script = new ArrayList<>(List.of(victim.before));
    script.addAll(CONTENT);
    switch (victim) {
      case LOG, FILE_UNDER_LOG -> {
        script.add("PRAGMA wal_checkpoint(TRUNCATE)");
        script.addAll(LATER);
      }
      case JOURNAL -> {
        script.add("PRAGMA cache_size=5");
        script.add("BEGIN");
        script.addAll(LATER);
      }
      case FILE, FILE_WITH_POINTER_MAP -> script.addAll(LATER);
    }
    judge.ask(Path.of("make " + made + "-made " + made), script);
    return made;
  }

  private static byte[][] damaged(Path made, Victim victim, Random random) throws IOException {
    String[] suffixes = {"", "-wal", "-journal"};
    byte[][] files = new byte[3][];
    for (int i = 0; i < 3; i++) {
      Path file = Path.of(made + suffixes[i]);
      files[i] = Files.exists(file) ? Files.readAllBytes(file) : null;
      if (suffixes[i].equals(victim.suffix)) {
        damage(files[i], random, victim == Victim.FILE_WITH_POINTER_MAP ? 512 : 1024);
      }
    }
    return files;
  }

  /** A few bytes, more often where the structure of a page is. */
  private static void damage(byte[] file, Random random, int pageSize) {
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(file.length);
      if (random.nextInt(3) > 0) {
        at = at / pageSize * pageSize + random.nextInt(60);
      }
      at = Math.min(at, file.length - 1);
      file[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : file[at] + random.nextInt(3) - 1);
    }
    if (random.nextInt(12) == 0) {
      java.util.Arrays.fill(
          file, file.length - random.nextInt(file.length / 4), file.length, (byte) 0);
    }
  }

  private static Path write(byte[][] files) throws IOException {
    Path file = directory.resolve("victim.db");
    String[] suffixes = {"", "-wal", "-journal", "-shm"};
    for (int i = 0; i < suffixes.length; i++) {
      Path each = Path.of(file + suffixes[i]);
      Files.deleteIfExists(each);
      if (i < 3 && files[i] != null) {
        Files.write(each, files[i]);
      }
    }
    return file;
  }

  private static List<String> ours(byte[][] files) {
    MemoryFileSystem disk = new MemoryFileSystem();
    String[] suffixes = {"", "-wal", "-journal"};
    for (int i = 0; i < 3; i++) {
      if (files[i] != null) {
        try (FileHandle file = disk.open("/a.db" + suffixes[i], OpenMode.CREATE)) {
          file.write(0, files[i], 0, files[i].length);
        }
      }
    }
    List<String> answers = new ArrayList<>();
    try (Database database = Database.open(disk, "/a.db", Options.DEFAULT.withCacheBytes(1 << 20));
        Session session = database.connect()) {
      for (String each : READS) {
        answers.add(run(session, each));
      }
      for (String each : List.of("PRAGMA integrity_check", "PRAGMA quick_check")) {
        run(session, each);
      }
      for (String each : WRITES) {
        run(session, each);
      }
    } catch (DatabaseException e) {
      while (answers.size() < READS.size()) {
        answers.add(NativeJudge.ERROR + e.getMessage());
      }
    }
    return answers;
  }

  private static String run(Session session, String sql) {
    StringBuilder text = new StringBuilder();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        for (int i = 0; i < rows.columnCount(); i++) {
          text.append(rows.isNull(i) ? "null" : rows.getText(i));
          text.append(i == rows.columnCount() - 1 ? ";" : "|");
        }
      }
      return text.toString().replace('\n', ' ').replace('\r', ' ');
    } catch (DatabaseException e) {
      return NativeJudge.ERROR + e.getMessage();
    }
  }

  private static <T> T bounded(String where, java.util.concurrent.Callable<T> work)
      throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofPlatform().daemon().start(task);
    try {
      return task.get(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      AssertionError hang = new AssertionError(where + " hangs");
      hang.setStackTrace(thread.getStackTrace());
      throw hang;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError(where, e.getCause());
    }
  }
}
