package dev.turso.session;

import dev.turso.change.Origin;
import dev.turso.exec.ddl.SchemaEditor;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports what one statement does to the rows of {@code sqlite_schema}, by comparing them.
 *
 * <p>The records reported have a sixth value beyond the table's columns: the text of the statement.
 */
final class SchemaRecording {

  private final Connection connection;
  private final AttachedDatabase database;
  private final String text;

  /** Null where nobody wants to know. */
  private @Nullable List<SchemaRow> before;

  private SchemaRecording(Connection connection, AttachedDatabase database, String text) {
    this.connection = connection;
    this.database = database;
    this.text = text;
  }

  /** Remembers what the schema is before the statement, if anybody wants its changes. */
  static SchemaRecording start(Connection connection, AttachedDatabase database, String text) {
    SchemaRecording recording = new SchemaRecording(connection, database, text);
    ChangeLog changes = database.changes;
    if (changes != null && changes.records(recording.schemaTable())) {
      recording.before = recording.editor().rows();
    }
    return recording;
  }

  private SchemaEditor editor() {
    return new SchemaEditor(database.pager, database.encoding());
  }

  private Table schemaTable() {
    DatabaseSchema schema = connection.catalog().database(database.index);
    if (schema == null) {
      throw new IllegalStateException("the database was detached");
    }
    return schema.schemaTable();
  }

  /** Reports what has changed since the last call. */
  void note() {
    List<SchemaRow> old = before;
    ChangeLog changes = database.changes;
    if (old == null || changes == null) {
      return;
    }
    List<SchemaRow> now = editor().rows();
    before = now;
    Map<Long, SchemaRow> gone = new HashMap<>();
    for (SchemaRow each : old) {
      gone.put(each.rowid(), each);
    }
    Table table = schemaTable();
    for (SchemaRow each : now) {
      SchemaRow was = gone.remove(each.rowid());
      if (!each.equals(was)) {
        if (was != null && !sameObject(was, each)) {
          delete(changes, table, was);
          was = null;
        }
        put(changes, table, was, each);
      }
    }
    for (SchemaRow each : old) {
      if (gone.containsKey(each.rowid())) {
        delete(changes, table, each);
      }
    }
  }

  /** A rowid may have been used again for another object. */
  private static boolean sameObject(SchemaRow was, SchemaRow now) {
    return was.type().equals(now.type());
  }

  private void put(ChangeLog changes, Table table, @Nullable SchemaRow was, SchemaRow now) {
    RecordWriter after = record(now);
    if (was == null) {
      changes.inserted(
          table,
          Origin.STATEMENT,
          false,
          now.rowid(),
          after.array(),
          after.offset(),
          after.length());
      return;
    }
    RecordWriter old = record(was);
    changes.updated(
        table,
        Origin.STATEMENT,
        was.rowid(),
        old.array(),
        old.offset(),
        old.length(),
        now.rowid(),
        after.array(),
        after.offset(),
        after.length());
  }

  private void delete(ChangeLog changes, Table table, SchemaRow row) {
    RecordWriter old = record(row);
    changes.deleted(table, Origin.STATEMENT, row.rowid(), old.array(), old.offset(), old.length());
  }

  private RecordWriter record(SchemaRow row) {
    TextEncoding encoding = database.encoding();
    RecordWriter record = new RecordWriter(encoding);
    add(record, row.type());
    add(record, row.name());
    add(record, row.table());
    record.addInteger(row.rootPage());
    add(record, row.sql());
    add(record, text.strip());
    record.finish();
    return record;
  }

  private static void add(RecordWriter record, @Nullable String text) {
    if (text == null) {
      record.addNull();
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    record.addText(utf8, 0, utf8.length);
  }
}
