package dev.turso.exec.ddl;

import dev.turso.btree.TableCursor;
import dev.turso.format.Bytes;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.SchemaRow;
import dev.turso.value.Register;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of one {@code sqlite_schema}, and its cookie. */
public final class SchemaEditor {

  /** The schema cookie in the database header: File Format, 1.3. */
  private static final int COOKIE = 40;

  private final PageStore store;
  private final TextEncoding encoding;

  public SchemaEditor(PageStore store, TextEncoding encoding) {
    this.store = store;
    this.encoding = encoding;
  }

  /** The number that changes with the schema. */
  public static int cookie(PageStore store) {
    return Bytes.i32(store.read(1), COOKIE);
  }

  /** Every row, in the order of their making. */
  public List<SchemaRow> rows() {
    List<SchemaRow> rows = new ArrayList<>();
    TableCursor cursor = new TableCursor(store, 1);
    RecordReader record = new RecordReader(encoding);
    Register value = new Register();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      cursor.read(record);
      String type = text(record, 0, value);
      String name = text(record, 1, value);
      String table = text(record, 2, value);
      value.set(record.load(3), record.bits(), record.ref());
      int root = (int) value.asLong();
      rows.add(
          new SchemaRow(
              cursor.rowid(),
              orEmpty(type),
              orEmpty(name),
              orEmpty(table),
              root,
              text(record, 4, value)));
    }
    return rows;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String text(RecordReader record, int column, Register value) {
    int tag = record.load(column);
    if (tag == RecordReader.ABSENT) {
      return null;
    }
    value.set(tag, record.bits(), record.ref());
    return value.isNull() ? null : value.asString();
  }

  /** Appends a row and returns its rowid. */
  long insert(String type, String name, String table, int root, @Nullable String sql) {
    TableCursor cursor = new TableCursor(store, 1);
    long rowid = cursor.last() ? cursor.rowid() + 1 : 1;
    put(cursor, rowid, type, name, table, root, sql);
    return rowid;
  }

  /** Writes a row of another database under its rowid, with another root. */
  public void copy(SchemaRow row, int root) {
    update(new SchemaRow(row.rowid(), row.type(), row.name(), row.table(), root, row.sql()));
  }

  void update(SchemaRow row) {
    put(
        new TableCursor(store, 1),
        row.rowid(),
        row.type(),
        row.name(),
        row.table(),
        row.rootPage(),
        row.sql());
  }

  private void put(
      TableCursor cursor,
      long rowid,
      String type,
      String name,
      String table,
      int root,
      @Nullable String sql) {
    RecordWriter record = new RecordWriter(encoding);
    add(record, type);
    add(record, name);
    add(record, table);
    record.addInteger(root);
    if (sql == null) {
      record.addNull();
    } else {
      add(record, sql);
    }
    record.finish();
    cursor.insert(rowid, record.array(), record.offset(), record.length());
  }

  private static void add(RecordWriter record, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    record.addText(utf8, 0, utf8.length);
  }

  void delete(long rowid) {
    TableCursor cursor = new TableCursor(store, 1);
    if (cursor.seek(rowid)) {
      cursor.delete();
    }
  }

  /** After a root page was moved in an auto-vacuum database. */
  void rootMoved(int from, int to) {
    for (SchemaRow each : rows()) {
      if (each.rootPage() == from) {
        update(new SchemaRow(each.rowid(), each.type(), each.name(), each.table(), to, each.sql()));
        return;
      }
    }
  }

  /** Says that the schema has changed. */
  void changeCookie() {
    byte[] page = store.write(1);
    Bytes.put32(page, COOKIE, Bytes.i32(page, COOKIE) + 1);
  }
}
