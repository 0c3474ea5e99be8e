package dev.turso.cdc.crossing;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.DatabaseExtension;
import dev.turso.error.BusyException;
import dev.turso.error.ConstraintException;
import dev.turso.error.DatabaseException;
import dev.turso.error.SqlException;
import dev.turso.session.Extensions;
import dev.turso.vfs.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random program over one database: two sessions that get in each other's way, a listener to its
 * commits, restarts, and, where the file is a real one, a native process that writes as well.
 *
 * <p>Everything is decided by the seed. What must be true is looked at as it goes.
 */
final class Simulation {

  /** Where and with what the program runs. */
  record World(FileSystem files, Iterable<DatabaseExtension> extensions, @Nullable Path real) {

    static World of(FileSystem files) {
      return new World(files, Extensions.installed(), null);
    }

    String path() {
      return real == null ? "/db" : real.toString();
    }
  }

  private static final int MORE_VIEWS = 7;

  /** Rows that find their customers: those made at random seldom do, and tables stay small. */
  private static final List<String> MANY_ROWS =
      List.of(
          "BEGIN",
          "INSERT OR IGNORE INTO customers SELECT value, 'many' || value, value % 5 - 1"
              + " FROM generate_series(1, 25)",
          "INSERT OR IGNORE INTO orders SELECT value, value % 25 + 1, value * 7 % 12, value * 0.5,"
              + " 'm' FROM generate_series(1, 60, 2)",
          "COMMIT");

  private final World world;
  private final long seed;
  private final Random random;
  private final CrossingScript script;
  private final List<String> done = new ArrayList<>();
  private final List<List<String>> open = List.of(new ArrayList<>(), new ArrayList<>());
  private final Session[] sessions = new Session[2];
  private final List<String> views = new ArrayList<>(CrossingScript.VIEWS);
  private final boolean many;
  private Database database;
  private Mirror mirror;
  private int steps;
  private boolean foreign;

  @SuppressWarnings("NullAway.Init") // open() sets the database
  Simulation(World world, long seed) {
    this.world = world;
    this.seed = seed;
    this.random = new Random(seed);
    this.script = new CrossingScript(seed, true);
    List<String> more = new ArrayList<>(CrossingScript.MORE_VIEWS);
    Collections.shuffle(more, new Random(seed));
    views.addAll(more.subList(0, MORE_VIEWS));
    this.many = seed % 2 != 0;
  }

  /** How many steps have been begun. */
  int steps() {
    return steps;
  }

  /** Runs so many steps; throws an AssertionError that tells the seed and the newest steps. */
  void run(int most) {
    try {
      open();
      CrossingScript.setUp().forEach(each -> CrossingScript.run(sessions[0], each));
      views
          .subList(CrossingScript.VIEWS.size(), views.size())
          .forEach(each -> CrossingScript.run(sessions[0], List.of(each)));
      if (many) {
        CrossingScript.run(sessions[0], MANY_ROWS);
      }
      mirror = Mirror.of(database, sessions[0]);
      for (int i = 0; i < most; i++) {
        steps++;
        step();
        if (i % 4 == 3) {
          look(i % 20 == 19);
        }
      }
      finish();
      look(true);
      if (world.real != null) {
        lookNatively(world.real);
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "seed "
              + seed
              + " after\n  "
              + String.join("\n  ", done.subList(Math.max(0, done.size() - 15), done.size())),
          e);
    } finally {
      closeQuietly();
    }
  }

  private void open() {
    database =
        Database.open(
            world.files,
            world.extensions,
            world.path(),
            Options.DEFAULT.withJournalMode("WAL").withCacheBytes(512 << 10));
    for (int i = 0; i < 2; i++) {
      sessions[i] = database.connect();
      sessions[i].execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL");
    }
  }

  private void step() throws IOException {
    int kind = random.nextInt(40);
    if (kind == 0) {
      finish();
      restart();
    } else if (kind == 1 && world.real != null) {
      finish();
      nativeWrite(world.real);
    } else if (kind == 2 && many && open.get(0).isEmpty()) {
      open.get(0).addAll(MANY_ROWS);
    } else {
      int who = random.nextInt(3) / 2;
      if (open.get(who).isEmpty()) {
        open.get(who).addAll(script.step());
      }
      // Some statements of one session, then perhaps the other's turn.
      for (int n = 1 + random.nextInt(4); n > 0 && !open.get(who).isEmpty(); n--) {
        execute(who, open.get(who).removeFirst());
      }
    }
  }

  private void execute(int who, String sql) {
    Session session = sessions[who];
    if (!session.inTransaction()
        && (sql.startsWith("ROLLBACK") || sql.startsWith("RELEASE") || sql.startsWith("COMMIT"))) {
      return;
    }
    String outcome = "";
    try {
      session.execute(sql);
    } catch (ConstraintException e) {
      outcome = " -- " + e.getMessage();
    } catch (BusyException e) {
      outcome = " -- busy";
      if (session.inTransaction()) {
        session.execute("ROLLBACK");
      }
      open.get(who).clear();
    } catch (SqlException e) {
      CrossingScript.refuseUnlessGone(sql, e);
      outcome = " -- " + e.getMessage();
    }
    done.add(who + ": " + sql + outcome);
  }

  /** Brings both sessions to the end of their transactions. */
  private void finish() {
    for (int who = 0; who < 2; who++) {
      if (sessions[who].inTransaction()) {
        execute(who, random.nextBoolean() ? "COMMIT" : "ROLLBACK");
      }
      if (sessions[who].inTransaction()) {
        execute(who, "ROLLBACK");
      }
      open.get(who).clear();
    }
  }

  private void restart() {
    boolean mended = !foreign || random.nextBoolean();
    if (foreign && mended) {
      mend();
    }
    done.add("restart");
    DatabaseState before = DatabaseState.of(sessions[0]);
    sessions[0].close();
    sessions[1].close();
    database.close();
    open();
    List<String> differences = before.differences(DatabaseState.of(sessions[0]));
    if (!mended) {
      // What a native writer made stale is built anew by the next commit or by the thread that
      // looks
      // after views, before this restart or after it; the log then has a gap, which has a number.
      // Where a commit has done so before, not even the views' state differs.
      differences.removeIf(each ->
          each.equals("turso_foreign")
              || each.equals("turso_cdc")
              || each.equals("sqlite_sequence")
              || each.startsWith("turso_state_"));
    }
    if (!differences.isEmpty()) {
      throw new AssertionError("other rows than before the restart in " + differences);
    }
    mirror = Mirror.of(database, sessions[0]);
  }

  /**
   * A commit of ours, which builds anew what native writers made stale. The thread that looks after views
   * may be doing so already.
   */
  private void mend() {
    sessions[0].execute("PRAGMA busy_timeout = 120000");
    execute(
        0, "INSERT INTO customers VALUES(1, NULL, 0) ON CONFLICT(id) DO UPDATE SET tier = tier");
    sessions[0].execute("PRAGMA busy_timeout = 0");
  }

  private void nativeWrite(Path file) throws IOException {
    List<String> output = new ArrayList<>();
    foreign = true;
    String sql;
    do {
      sql = script.step().getFirst();
    } while (!(sql.startsWith("INSERT")
        || sql.startsWith("UPDATE")
        || sql.startsWith("DELETE")
        || sql.startsWith("REPLACE")));
    output.addAll(NativeCheck.shell(file, "PRAGMA foreign_keys = ON; " + sql));
    done.add("native: " + sql + " -- " + output);
    for (String each : output) {
      if (!each.contains("constraint")) {
        throw new AssertionError("native SQLite says " + each);
      }
    }
  }

  // ---- what must be true

  private void look(boolean closely) throws InterruptedException {
    for (int who = 0; who < 2; who++) {
      List<String> faults =
          closely && !sessions[who].inTransaction() && !foreign
              ? Soundness.faults(sessions[who])
              : wrongRows(sessions[who]);
      if (!faults.isEmpty()) {
        throw new AssertionError("session " + who + ": " + faults);
      }
    }
    boolean quiet = !sessions[0].inTransaction() && !sessions[1].inTransaction();
    if (quiet && !foreign) {
      database.changes().awaitDelivered(database.position(), 20_000);
      String wrong = mirror.compare(sessions[0]);
      if (wrong != null) {
        throw new AssertionError(wrong);
      }
    }
  }

  /** What a view gives, from its table or not, must be what its query gives. */
  private List<String> wrongRows(Session session) {
    List<String> wrong = new ArrayList<>();
    for (String create : views) {
      String[] parts = create.split(" AS ", 2);
      String view = parts[0].substring(parts[0].lastIndexOf(' ') + 1);
      List<String> stored = sorted(session, "SELECT * FROM " + view);
      List<String> asked = sorted(session, parts[1]);
      if (!stored.equals(asked)) {
        wrong.add(view + " is " + stored + " and not " + asked);
      }
    }
    return wrong;
  }

  private static List<String> sorted(Session session, String sql) {
    List<String> rows = new ArrayList<>();
    AllRows.of(session, sql).forEach(each -> rows.add(each.toString()));
    java.util.Collections.sort(rows);
    return rows;
  }

  private void lookNatively(Path file) throws IOException {
    mend();
    List<String> integrity = NativeCheck.shell(file, "PRAGMA integrity_check");
    if (!integrity.equals(List.of("ok"))) {
      throw new AssertionError("native integrity_check: " + integrity);
    }
    for (String each : List.of("v_project", "v_inner", "v_left", "v_distinct", "v_top")) {
      String create =
          CrossingScript.VIEWS.stream().filter(v -> v.contains(" " + each + " ")).findFirst().get();
      String query = create.substring(create.indexOf(" AS ") + 4);
      List<String> stored = NativeCheck.shell(file, "SELECT * FROM " + each);
      List<String> asked = NativeCheck.shell(file, "SELECT * FROM (" + query + ")");
      java.util.Collections.sort(stored = new ArrayList<>(stored));
      java.util.Collections.sort(asked = new ArrayList<>(asked));
      if (!stored.equals(asked)) {
        throw new AssertionError("natively " + each + " is " + stored + " and not " + asked);
      }
    }
  }

  private void closeQuietly() {
    try {
      for (Session each : sessions) {
        if (each != null) {
          each.close();
        }
      }
      if (database != null) {
        database.close();
      }
    } catch (DatabaseException | IllegalStateException e) {
      // What had to be said has been said.
      return;
    }
  }
}
