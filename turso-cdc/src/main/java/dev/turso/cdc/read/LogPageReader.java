package dev.turso.cdc.read;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.RowImages;
import dev.turso.cdc.record.TableShape;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads pages of the log, and the shapes of the tables whose rows are in them. For one thread. */
final class LogPageReader implements AutoCloseable {

  private static final int UPDATE = 0;
  private static final int INSERT = 1;
  private static final int COMMIT = 2;
  private static final int GAP = 3;
  private static final int ENTRY_BYTES = 96;
  private static final String SCHEMA = "sqlite_schema";

  private final Session session;
  private final ReaderOptions options;
  private final SchemaVersions schemas = new SchemaVersions();
  private final Statement page;
  private @Nullable Statement one;

  LogPageReader(Session session, ReaderOptions options) {
    this.session = session;
    this.options = options;
    this.page =
        session.prepare(
            "SELECT change_id, change_time, change_txn_id, change_type, table_name, id, \"before\","
                + " \"after\", updates FROM turso_cdc WHERE change_id > ? ORDER BY change_id LIMIT ?");
  }

  /** The shapes of tables, as far as pages have needed them. */
  SchemaVersions schemas() {
    return schemas;
  }

  static long bytes(ChangeRecord record) {
    return length(record.beforeImage())
        + length(record.afterImage())
        + length(record.updatesImage())
        + 64L;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /**
   * Reads the rows after a position; null if there are none. Rows and the shapes of their tables have to
   * be of one snapshot, so there is a transaction: the first change of a table is committed together with
   * its shape.
   */
  @Nullable LogPage read(long after) {
    schemas.load(session);
    page.bind(1, after).bind(2, options.pageRows());
    List<LogEntry> entries = new ArrayList<>();
    long bytes = 0;
    long last = after;
    LogPage.Mark mark = null;
    try (Rows rows = page.query()) {
      while (rows.next()) {
        last = rows.getLong(0);
        LogEntry entry = entry(rows, last);
        if (entry == null) {
          continue;
        }
        entries.add(entry);
        bytes += ENTRY_BYTES + (entry.record() == null ? 0 : bytes(entry.record()));
        if (options.parts() > 1 && (entry.isCommit() || mark == null)) {
          mark = markOf(entry, rows);
        }
      }
    }
    return last == after ? null : new LogPage(after, last, entries, bytes, mark);
  }

  private static LogPage.Mark markOf(LogEntry entry, Rows row) {
    return new LogPage.Mark(entry.id(), entry.transaction(), entry.seconds(), row.getBlob(7));
  }

  /** Whether the log still has what was read. A page without rows that are wanted is as good as any. */
  boolean isStill(LogPage known) {
    LogPage.Mark mark = known.mark();
    if (mark == null) {
      return true;
    }
    Statement row = one;
    if (row == null) {
      row =
          session.prepare(
              "SELECT change_txn_id, change_time, \"after\" FROM turso_cdc WHERE change_id = ?");
      one = row;
    }
    row.bind(1, mark.id());
    try (Rows rows = row.query()) {
      return rows.next()
          && rows.getLong(0) == mark.transaction()
          && rows.getLong(1) == mark.seconds()
          && Arrays.equals(rows.getBlob(2), mark.image());
    }
  }

  /** A row; null if it is of a table that is not wanted, or of another part. */
  private @Nullable LogEntry entry(Rows rows, long id) {
    long seconds = rows.getLong(1);
    long transaction = rows.getLong(2);
    int type = (int) rows.getLong(3);
    if (type == COMMIT) {
      return new LogEntry(id, transaction, seconds, 0, null, rows.getBlob(7), null);
    }
    String table = String.valueOf(rows.getText(4));
    boolean definition = table.equals(SCHEMA);
    Set<String> wanted = options.tables();
    if (!definition && !wanted.isEmpty() && !wanted.contains(table)) {
      return null;
    }
    if (type == GAP) {
      return new LogEntry(id, transaction, seconds, 0, ChangeRecord.gap(id, table), null, null);
    }
    Value key = rows.get(5);
    int hash = definition ? 0 : options.hash(key);
    byte[] before = rows.getBlob(6);
    byte[] after = rows.getBlob(7);
    TableShape shape = definition ? shapeOf(after == null ? before : after, id) : at(table, id);
    if (shape == null && !definition) {
      return new LogEntry(id, transaction, seconds, hash, null, null, table);
    }
    ChangeKind kind = kind(type, definition);
    ChangeRecord record =
        new ChangeRecord(id, kind, table, key, shape, before, after, rows.getBlob(8));
    return new LogEntry(id, transaction, seconds, hash, record, null, null);
  }

  private @Nullable TableShape at(String table, long id) {
    TableShape shape = schemas.at(table, id);
    return shape == null || shape.columns().isEmpty() ? null : shape;
  }

  /** The shape of the table that a definition is about, if it is about one. */
  private @Nullable TableShape shapeOf(byte @Nullable [] definition, long id) {
    if (definition == null) {
      return null;
    }
    Value[] row = RowImages.values(definition);
    return "table".equals(row[0].asString())
        ? schemas.at(String.valueOf(row[1].asString()), id)
        : null;
  }

  private static ChangeKind kind(int type, boolean definition) {
    if (definition) {
      return ChangeKind.DEFINITION;
    }
    return type == INSERT
        ? ChangeKind.INSERT
        : type == UPDATE ? ChangeKind.UPDATE : ChangeKind.DELETE;
  }

  @Override
  public void close() {
    page.close();
    if (one != null) {
      one.close();
    }
  }
}
