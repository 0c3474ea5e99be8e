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
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A database that follows the log of another one: each change is applied once. */
final class Replica implements AutoCloseable {

  /** Small pieces: a transaction comes in several. */
  private static final ReaderOptions PIECES = ReaderOptions.DEFAULT.pieces(7, 1 << 20);

  private final Database copy = Database.open(":memory:", Options.DEFAULT);
  private final Session target = copy.connect();
  private final ChangeApplier applier = new ChangeApplier(target);
  private LogPosition reached = LogPosition.START;
  private long changes;

  /** How many changes it was given. */
  long changes() {
    return changes;
  }

  /** Applies what was logged since, and compares. Nobody may be writing meanwhile. */
  void compare(Database database, Session session, String when) {
    follow(database, when);
    List<String> made = contents(target);
    List<String> wanted = contents(session);
    if (!made.equals(wanted)) {
      List<String> missing = new ArrayList<>(wanted);
      made.forEach(missing::remove);
      wanted.forEach(made::remove);
      assertThat(missing).as("missing, %s, too much: %s", when, made).isEmpty();
      assertThat(made).as("too much, %s", when).isEmpty();
    }
    assertThat(sequences(target)).as("numbers, %s", when).isEqualTo(sequences(session));
  }

  /** The numbers of AUTOINCREMENT tables. */
  private static Map<String, Long> sequences(Session session) {
    Map<String, Long> all = new TreeMap<>();
    if (DatabaseState.tableNames(session).contains("sqlite_sequence")) {
      for (List<Value> each :
          AllRows.of(
              session, "SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'turso%'")) {
        all.put(String.valueOf(each.get(0).asString()), each.get(1).asLong());
      }
    }
    return all;
  }

  private void follow(Database database, String when) {
    try (ChangeLog log = ChangeLog.of(database)) {
      reached =
          log.replay(
              reached,
              PIECES,
              batch -> {
                try {
                  applier.apply(batch);
                } catch (RuntimeException e) {
                  throw new AssertionError(when + ": " + batch, e);
                }
                changes += batch.changes().size();
                return true;
              });
      applier.finish();
    }
  }

  void checkIntegrity() {
    assertThat(Sql.texts(target, "PRAGMA integrity_check"))
        .as("%s", AllRows.of(target, "SELECT rootpage, name, sql FROM sqlite_schema"))
        .containsExactly("ok");
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
    return all;
  }

  @Override
  public void close() {
    applier.close();
    target.close();
    copy.close();
  }
}
