package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cdc.read.ChangeApplier;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.LogPosition;
import dev.turso.cdc.read.ReaderOptions;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random steps over everything that the log has to tell, and then the log replayed into an empty
 * database, which must be equal.
 *
 * <p>{@code -Dturso.replay.steps} says how many steps, {@code -Dturso.seed} which.
 */
class LogReplayTest {

  private static final int STEPS = Integer.getInteger("turso.replay.steps", 400);

  @Test
  void theLogReplayedIntoAnEmptyDatabaseGivesAnEqualOne() {
    long seed = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
    System.out.println("LogReplayTest seed " + seed + ", steps " + STEPS);
    try (Database database = Database.open("mem:replay-source", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("PRAGMA foreign_keys = on");
      CrossingScript.setUp().forEach(each -> CrossingScript.run(session, each));
      CrossingScript script = new CrossingScript(seed, true);
      AlterationScript alterations = new AlterationScript(new Random(seed));
      for (int i = 0; i < STEPS; i++) {
        CrossingScript.run(session, script.step());
        if (i % 3 == 0) {
          alterations.step(session);
        }
        if (i % 200 == 199) {
          compare(database, session, seed, i);
        }
      }
      compare(database, session, seed, STEPS);
    }
  }

  @Test
  void anyTextIsTheNameOfAColumn() {
    try (Database database = Database.open("mem:replay-names", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("PRAGMA turso_capture = 'full'");
      session.execute(
          "CREATE TABLE t (\"a\nb\" INT, \"4:c\" INT, \"\" INT, \"\uD83D\uDE00:,\" INT)");
      session.execute("INSERT INTO t VALUES (1, 2, 3, 4), (5, 6, 7, 8)");
      session.execute("UPDATE t SET \"\" = 9, \"a\nb\" = 10 WHERE \"4:c\" = 2");
      session.execute("ALTER TABLE t RENAME COLUMN \"a\nb\" TO \"\n\"");
      session.execute("ALTER TABLE t ADD COLUMN \"\n\n\" DEFAULT 'd'");
      session.execute("INSERT INTO t VALUES (11, 12, 13, 14, 15)");
      compare(database, session, 0, 0);
      session.execute("ALTER TABLE t DROP COLUMN \"\"");
      session.execute("DELETE FROM t WHERE \"\n\" = 5");
      session.execute("INSERT INTO t VALUES (16, 17, 18, 19)");
      compare(database, session, 0, 1);
    }
  }

  private static void compare(Database database, Session session, long seed, int step) {
    try (Database copy = Database.open(":memory:", Options.DEFAULT);
        Session target = copy.connect();
        ChangeApplier applier = new ChangeApplier(target);
        ChangeLog log = ChangeLog.of(database)) {
      ReaderOptions options = ReaderOptions.DEFAULT.pieces(7, 1 << 20);
      log.replay(
          LogPosition.START,
          options,
          batch -> {
            try {
              applier.apply(batch);
            } catch (RuntimeException e) {
              throw new AssertionError("seed " + seed + " step " + step + ": " + batch, e);
            }
            return true;
          });
      applier.finish();
      List<String> made = contents(target);
      List<String> wanted = contents(session);
      List<String> missing = new ArrayList<>(wanted);
      made.forEach(missing::remove);
      wanted.forEach(made::remove);
      assertThat(missing).as("missing, seed %d step %d, too much: %s", seed, step, made).isEmpty();
      assertThat(made).as("too much, seed %d step %d", seed, step).isEmpty();
      assertThat(Sql.texts(target, "PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  /** Definitions, and each table's rows with rowids. */
  private static List<String> contents(Session session) {
    List<String> all = new ArrayList<>();
    for (List<Value> each :
        AllRows.of(
            session,
            "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'turso\\_%'"
                + " ESCAPE '\\' AND tbl_name NOT LIKE 'turso\\_%' ESCAPE '\\'"
                + " AND name NOT LIKE 'turso\\_guard%' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                + " ORDER BY name, type")) {
      all.add(each.toString());
    }
    for (String table : DatabaseState.tableNames(session)) {
      if (table.startsWith("turso_") || table.startsWith("sqlite_")) {
        continue;
      }
      // The rows of a view have no rowid that anybody may rely on.
      boolean keyed = table.equals("items") || table.matches("[kdv].*");
      List<String> rows = new ArrayList<>();
      for (List<Value> each :
          AllRows.of(
              session, "SELECT " + (keyed ? "" : "rowid, ") + "* FROM " + Sql.quoted(table))) {
        rows.add(table + each);
      }
      rows.sort(null);
      all.addAll(rows);
    }
    if (!DatabaseState.tableNames(session).contains("sqlite_sequence")) {
      return all;
    }
    for (List<Value> each :
        AllRows.of(
            session,
            "SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'turso%' ORDER BY name")) {
      all.add("sequence " + each);
    }
    return all;
  }

  /** Tables that are renamed, widened and narrowed while rows come and go. */
  private static final class AlterationScript {
    private final Random random;
    private final List<String> tables = new ArrayList<>();
    private int names;

    AlterationScript(Random random) {
      this.random = random;
    }

    void step(Session session) {
      String sql = tables.isEmpty() || random.nextInt(12) == 0 ? create() : change(session);
      try {
        if (random.nextInt(8) == 0) {
          session.execute("BEGIN; SAVEPOINT s; " + sql + "; ROLLBACK TO s; COMMIT");
          tables.removeIf(each -> !exists(session, each));
        } else {
          session.execute(sql);
        }
      } catch (DatabaseException e) {
        // What a constraint or a name forbids has not happened.
        assertThat(e.getMessage()).isNotNull();
        if (session.inTransaction()) {
          session.execute("ROLLBACK");
        }
        tables.removeIf(each -> !exists(session, each));
      }
    }

    private static boolean exists(Session session, String table) {
      return DatabaseState.tableNames(session).contains(table);
    }

    private String create() {
      String name = "x" + ++names;
      String keyed = "k" + names;
      switch (random.nextInt(5)) {
        case 0:
          tables.add(name);
          return "CREATE TABLE " + name + " (c1 INTEGER PRIMARY KEY AUTOINCREMENT, c2 REAL, c3)";
        case 1:
          tables.add(keyed);
          return "CREATE TABLE "
              + keyed
              + " (c1 TEXT COLLATE NOCASE, c2, c3 DEFAULT 5,"
              + " PRIMARY KEY (c3, c1)) WITHOUT ROWID";
        case 2:
          tables.add(name);
          return "CREATE TABLE "
              + name
              + " (rowid, c2 UNIQUE, c3, g AS (c3 || 'v'),"
              + " s AS (c2 + 1) STORED)";
        case 3:
          tables.add(name);
          return "CREATE TABLE "
              + name
              + " AS SELECT value AS c2, 'r' || value AS c3"
              + " FROM generate_series(1, 5)";
        default:
          tables.add(name);
          return "CREATE TABLE "
              + name
              + " (c2 TEXT, c3 INT, c4 BLOB);"
              + "CREATE INDEX i"
              + name
              + " ON "
              + name
              + " (c3);"
              + "CREATE VIEW w"
              + name
              + " AS SELECT c3 FROM "
              + name
              + ";"
              + "CREATE TRIGGER t"
              + name
              + " AFTER UPDATE ON "
              + name
              + " BEGIN INSERT INTO audit(what, n) VALUES (old.c3, 1); END";
      }
    }

    private String change(Session session) {
      String table = tables.get(random.nextInt(tables.size()));
      List<String> columns =
          Sql.texts(session, "SELECT name FROM pragma_table_info('" + table + "')");
      String column = columns.get(random.nextInt(columns.size()));
      switch (random.nextInt(14)) {
        case 0:
          return "ALTER TABLE " + table + " ADD COLUMN n" + ++names + " DEFAULT " + names;
        case 1:
          return "ALTER TABLE " + table + " RENAME COLUMN " + column + " TO n" + ++names;
        case 2:
          return "ALTER TABLE " + table + " DROP COLUMN " + column;
        case 3:
          String to = table.charAt(0) + "r" + ++names;
          tables.replaceAll(each -> each.equals(table) ? to : each);
          return "ALTER TABLE " + table + " RENAME TO " + to;
        case 4:
          if (random.nextInt(3) != 0) {
            return "DELETE FROM " + table;
          }
          tables.remove(table);
          return "DROP TABLE " + table;
        case 5:
          return "VACUUM";
        case 6:
          return "UPDATE OR IGNORE " + table + " SET " + column + " = " + random.nextInt(9);
        default:
          String[] values = new String[columns.size()];
          Arrays.setAll(values, i -> String.valueOf(random.nextInt(12) + (i == 1 ? 0.5 : 0)));
          String target = String.join(", ", columns);
          return "INSERT OR REPLACE INTO "
              + table
              + " ("
              + target
              + ") VALUES ("
              + String.join(", ", values)
              + ")";
      }
    }
  }
}
