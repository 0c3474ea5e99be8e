package dev.turso.cdc.read;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.TableShape;
import dev.turso.format.RecordWriter;
import dev.turso.schema.Column;
import dev.turso.schema.Table;
import dev.turso.value.Value;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives all rows of all tables as one read transaction sees them, and the position of the log in that
 * transaction. For one thread.
 */
final class SnapshotScan implements AutoCloseable {

  private final Session session;
  private final ReaderOptions options;
  private final LogPosition position;
  private final Instant time = Instant.now();
  private final Deque<TableShape> tables = new ArrayDeque<>();
  private final RecordWriter writer = new RecordWriter();
  private @Nullable TableShape table;
  private @Nullable Statement statement;
  private @Nullable Rows rows;
  private int keyColumns;
  private boolean begun;
  private boolean done;

  /**
   * @param session read by this scan alone, and closed with it
   */
  SnapshotScan(Session session, ReaderOptions options) {
    this.session = session;
    this.options = options;
    session.execute("BEGIN");
    position = LogPositions.newest(session);
    SchemaVersions schemas = new SchemaVersions();
    schemas.load(session);
    try (Statement list =
            session.prepare(
                "SELECT t.name, s.sql FROM pragma_table_list AS t JOIN sqlite_schema AS s"
                    + " ON s.name = t.name AND s.type = 'table' WHERE t.schema = 'main'"
                    + " AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                    + " AND t.name NOT LIKE 'turso\\_%' ESCAPE '\\' ORDER BY t.name");
        Rows names = list.query()) {
      while (names.next()) {
        String name = String.valueOf(names.getText(0));
        if (options.tables().isEmpty() || options.tables().contains(name)) {
          tables.add(shape(schemas, name, names.getText(1)));
        }
      }
    }
  }

  private static TableShape shape(SchemaVersions schemas, String name, @Nullable String sql) {
    TableShape known = schemas.newest(name);
    if (known != null && known.sql() != null && known.sql().equals(sql)) {
      return known;
    }
    TableShape bare = new TableShape(0, 0, 0, name, sql, List.of(), new int[0]);
    Table definition = bare.definition();
    if (definition == null) {
      throw new ChangeLogException(
          ChangeLogException.Reason.UNKNOWN_SHAPE,
          "the definition of table " + name + " is not understood: " + sql);
    }
    List<String> columns = new ArrayList<>();
    for (Column each : definition.columns()) {
      if (!each.isVirtual()) {
        columns.add(each.name());
      }
    }
    int[] ids = IntStream.rangeClosed(1, columns.size()).toArray();
    return new TableShape(0, 0, 0, name, sql, columns, ids);
  }

  /** The next rows, or null after the last; the last batch has the log's position. */
  @Nullable ChangeBatch next() {
    if (done) {
      return null;
    }
    List<ChangeRecord> found = new ArrayList<>();
    long bytes = 0;
    while (found.size() < options.pieceRows() && bytes < options.pieceBytes()) {
      ChangeRecord row = nextRow();
      if (row == null) {
        done = true;
        break;
      }
      found.add(row);
      byte[] image = row.afterImage();
      bytes += 64 + (image == null ? 0 : image.length);
    }
    boolean first = !begun;
    begun = true;
    return new ChangeBatch(
        done ? position : LogPosition.START, 0, first, done, true, time, null, List.copyOf(found));
  }

  private @Nullable ChangeRecord nextRow() {
    while (true) {
      Rows open = rows;
      TableShape of = table;
      if (open != null && of != null) {
        while (open.next()) {
          ChangeRecord row = record(open, of);
          if (options.takes(row.key())) {
            return row;
          }
        }
        closeTable();
      }
      TableShape next = tables.poll();
      if (next == null) {
        return null;
      }
      openTable(next);
    }
  }

  private void openTable(TableShape next) {
    Table definition = next.definition();
    StringBuilder sql = new StringBuilder("SELECT ");
    keyColumns = 0;
    if (definition != null && definition.withoutRowid()) {
      for (int each : next.keyIndexes()) {
        sql.append(quoted(next.columns().get(each))).append(", ");
        keyColumns++;
      }
    } else {
      sql.append(rowidName(next)).append(", ");
      keyColumns = 1;
    }
    for (int i = 0; i < next.columns().size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(quoted(next.columns().get(i)));
    }
    sql.append(" FROM main.").append(quoted(next.tableName()));
    table = next;
    Statement prepared = session.prepare(sql.toString());
    statement = prepared;
    rows = prepared.query();
  }

  /** A name of the rowid that is not one of the table's columns. */
  private static String rowidName(TableShape shape) {
    for (String each : new String[] {"rowid", "_rowid_", "oid"}) {
      if (shape.indexOf(each) < 0) {
        return each;
      }
    }
    return "NULL";
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private ChangeRecord record(Rows row, TableShape of) {
    Value key = keyColumns == 1 ? row.get(0) : Value.blob(image(row, 0, keyColumns));
    byte[] after = image(row, keyColumns, of.columns().size());
    return new ChangeRecord(0, ChangeKind.SNAPSHOT, of.tableName(), key, of, null, after, null);
  }

  private byte[] image(Rows row, int from, int count) {
    writer.reset();
    for (int i = from; i < from + count; i++) {
      Value value = row.get(i);
      writer.add(value.tag(), value.bits(), value.ref());
    }
    writer.finish();
    return writer.toByteArray();
  }

  private void closeTable() {
    Rows open = rows;
    Statement prepared = statement;
    rows = null;
    statement = null;
    table = null;
    if (open != null) {
      open.close();
    }
    if (prepared != null) {
      prepared.close();
    }
  }

  @Override
  public void close() {
    closeTable();
    session.close();
  }
}
