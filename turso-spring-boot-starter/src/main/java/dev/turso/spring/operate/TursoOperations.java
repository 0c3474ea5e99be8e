package dev.turso.spring.operate;

import dev.turso.Database;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.CursorStatus;
import dev.turso.spring.live.LiveQueryTemplate;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What an operator does with a database. Safe for any thread. */
public final class TursoOperations {

  private final Database database;
  private final LiveQueryTemplate live;

  public TursoOperations(Database database, LiveQueryTemplate live) {
    this.database = database;
    this.live = live;
  }

  /** Sizes, modes and where the stream of commits is. */
  public DatabaseStatus status() {
    try (Session session = database.connect()) {
      return new DatabaseStatus(
          database.path(),
          text(session, "PRAGMA journal_mode"),
          text(session, "SELECT sqlite_version()"),
          Long.parseLong(text(session, "PRAGMA page_count")),
          Long.parseLong(text(session, "PRAGMA freelist_count")),
          new File(database.path()).length(),
          new File(database.path() + "-wal").length(),
          database.position().toString(),
          live.openCount());
    }
  }

  /** The materialized views, in order of creation. */
  public List<ViewStatus> views() {
    return rows(
        "PRAGMA turso_view_stats",
        row ->
            new ViewStatus(
                String.valueOf(row.getText(0)),
                String.valueOf(row.getText(1)),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4)));
  }

  /** How the named cursors of the change log stand; empty without a log. */
  public List<CursorStatus> cursors() {
    try (ChangeLog log = ChangeLog.of(database)) {
      return log.cursors();
    } catch (ChangeLogException e) {
      return List.of();
    }
  }

  /** Compares each materialized view with its query: its name, and "ok" or what differs. */
  public Map<String, String> checkViews() {
    Map<String, String> results = new LinkedHashMap<>();
    rows(
        "PRAGMA turso_check_views",
        row -> results.put(String.valueOf(row.getText(0)), String.valueOf(row.getText(1))));
    return results;
  }

  /** Looks at every page of the file: empty if it is sound, else what is wrong. */
  public List<String> checkIntegrity() {
    List<String> found = rows("PRAGMA integrity_check", row -> String.valueOf(row.getText(0)));
    return found.equals(List.of("ok")) ? List.of() : found;
  }

  /** Moves what the write-ahead log holds into the file, and empties the log if nobody reads it. */
  public CheckpointResult checkpoint() {
    return rows(
            "PRAGMA wal_checkpoint(TRUNCATE)",
            row -> new CheckpointResult(row.getLong(0) == 0, row.getLong(1), row.getLong(2)))
        .get(0);
  }

  /**
   * Writes a copy of the database as it is at this moment, while it is in use.
   *
   * @param file where to; it must not exist
   */
  public void backup(Path file) {
    execute("VACUUM INTO '" + file.toString().replace("'", "''") + "'");
  }

  /** Computes a materialized view anew from its query. */
  public void rebuild(String view) {
    execute("REFRESH MATERIALIZED VIEW \"" + view.replace("\"", "\"\"") + "\"");
  }

  private void execute(String sql) {
    try (Session session = database.connect()) {
      session.execute(sql);
    }
  }

  private <T> List<T> rows(String sql, Function<Rows, T> reader) {
    List<T> found = new ArrayList<>();
    try (Session session = database.connect();
        Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        found.add(reader.apply(rows));
      }
    }
    return found;
  }

  private static String text(Session session, String sql) {
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      return rows.next() ? String.valueOf(rows.getText(0)) : "";
    }
  }
}
