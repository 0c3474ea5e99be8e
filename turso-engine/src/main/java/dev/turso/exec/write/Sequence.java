package dev.turso.exec.write;

import dev.turso.btree.TableCursor;
import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Table;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;

/** The largest rowid that an AUTOINCREMENT table ever had, kept in {@code sqlite_sequence}. */
final class Sequence {

  private final Table table;
  private final Table sequences;
  private final byte[] name;

  @SuppressWarnings("NullAway.Init") // open() sets it
  private TableCursor cursor;

  private TextEncoding encoding = TextEncoding.UTF_8;
  private long row;
  private long stored;
  private long largest;

  Sequence(Table table, Table sequences) {
    this.table = table;
    this.sequences = sequences;
    this.name = table.name().getBytes(StandardCharsets.UTF_8);
  }

  void open(WriteContext ctx) {
    encoding = ctx.encoding(table.databaseIndex());
    cursor = new TableCursor(ctx.store(table.databaseIndex()), sequences.rootPage());
    row = 0;
    largest = 0;
    RecordReader record = new RecordReader(encoding);
    Register value = new Register();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      cursor.read(record);
      value.set(record.load(0), record.bits(), record.ref());
      if (value.tag == Tag.TEXT && table.name().equals(value.asString())) {
        row = cursor.rowid();
        value.set(record.load(1), record.bits(), record.ref());
        largest = value.asLong();
        break;
      }
    }
    stored = row == 0 ? -1 : largest;
  }

  long next(TableWriter writer) {
    if (sequences.columns().size() != 2) {
      throw new CorruptException(ResultCode.CORRUPT_SEQUENCE, "database disk image is malformed");
    }
    long last = Math.max(largest, writer.lastRowid());
    if (last == Long.MAX_VALUE) {
      throw new SqlException(ResultCode.FULL, "database or disk is full");
    }
    return last + 1;
  }

  void saw(long rowid) {
    largest = Math.max(largest, rowid);
  }

  void store() {
    if (largest == stored) {
      return;
    }
    if (row == 0) {
      row = cursor.last() ? cursor.rowid() + 1 : 1;
    }
    RecordWriter record = new RecordWriter(encoding);
    record.addText(name, 0, name.length).addInteger(largest).finish();
    cursor.insert(row, record.array(), record.offset(), record.length());
    stored = largest;
  }
}
