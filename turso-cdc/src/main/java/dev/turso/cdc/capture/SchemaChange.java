package dev.turso.cdc.capture;

import dev.turso.change.Operation;
import dev.turso.change.RowChange;
import dev.turso.change.RowValues;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Names;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a changed row of {@code sqlite_schema} is about. */
final class SchemaChange {

  private static final int TYPE = 0;
  private static final int NAME = 1;
  private static final int TABLE = 2;
  private static final int SQL = 4;

  /** Where the record of a schema row has the text of the statement. */
  private static final int STATEMENT = 5;

  private final RowValues before;
  private final RowValues after;
  private Operation operation = Operation.INSERT;

  SchemaChange(TextEncoding encoding) {
    before = new RowValues(encoding);
    after = new RowValues(encoding);
  }

  SchemaChange of(RowChange change) {
    operation = change.operation();
    before.before(change);
    after.after(change);
    return this;
  }

  private RowValues present() {
    return operation == Operation.DELETE ? before : after;
  }

  String type() {
    return String.valueOf(present().get(TYPE).asString());
  }

  String name() {
    return String.valueOf(present().get(NAME).asString());
  }

  String table() {
    return String.valueOf(present().get(TABLE).asString());
  }

  String oldName() {
    return String.valueOf(before.get(NAME).asString());
  }

  String sql() {
    return String.valueOf(present().get(SQL).asString());
  }

  /** The text of the statement that made the change; empty if it is not known. */
  String statement() {
    String text = present().beyond(STATEMENT).asString();
    return text == null ? "" : text;
  }

  /** Whether a user would say that the schema changed: not so where a tree was moved. */
  boolean isVisible() {
    if (present().get(SQL).isNull() || Names.startsWith(name(), "sqlite_")) {
      return false;
    }
    return operation != Operation.UPDATE
        || !before.get(SQL).equals(after.get(SQL))
        || !before.get(NAME).equals(after.get(NAME))
        || !before.get(TABLE).equals(after.get(TABLE));
  }

  boolean isTableOrIndex() {
    String type = type();
    return type.equals("table") || type.equals("index");
  }

  /** Whether the statement is one about a materialized view, whose parts are not logged one by one. */
  boolean isOfMaterializedView() {
    String text = statement().toUpperCase(Locale.ROOT);
    return text.contains("MATERIALIZED") || text.startsWith("DROP VIEW") && !type().equals("view");
  }

  /** Whether a materialized view itself was made or dropped. */
  boolean isMaterializedView() {
    return operation != Operation.UPDATE
        && type().equals("table")
        && isOfMaterializedView()
        && !LogTable.isSideTable(name());
  }

  /** The definition of a materialized view, as a record like those of {@code sqlite_schema}. */
  byte[] materializedView() {
    RecordWriter record = new RecordWriter();
    add(record, "materialized view");
    add(record, name());
    add(record, name());
    record.addInteger(0);
    if (operation == Operation.DELETE) {
      record.addNull();
    } else {
      add(record, statement());
    }
    record.finish();
    return record.toByteArray();
  }

  private static void add(RecordWriter record, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    record.addText(utf8, 0, utf8.length);
  }
}
