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

/**
 * The largest rowid that an AUTOINCREMENT table ever had, kept in {@code sqlite_sequence}. A statement
 * and the triggers it fires count together.
 */
final class Sequence {

  /** What is known of a sequence while a statement runs. */
  static final class State {
    private long row;
    private long stored = -1;
    private long largest;
  }

  private final Table table;
  private final Table sequences;
  private final byte[] name;

  @SuppressWarnings("NullAway.Init") // open() sets it
  private TableCursor cursor;

  private TextEncoding encoding = TextEncoding.UTF_8;
  private State state = new State();

  Sequence(Table table, Table sequences) {
    this.table = table;
    this.sequences = sequences;
    this.name = table.name().getBytes(StandardCharsets.UTF_8);
  }

  void open(WriteContext ctx) {
    encoding = ctx.encoding(table.databaseIndex());
    cursor = new TableCursor(ctx.store(table.databaseIndex()), sequences.rootPage());
    State known = ctx.sequences.get(table);
    if (known != null) {
      state = known;
      return;
    }
    state = new State();
    ctx.sequences.put(table, state);
    RecordReader record = new RecordReader(encoding);
    Register value = new Register();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      cursor.read(record);
      value.set(record.load(0), record.bits(), record.ref());
      if (value.tag == Tag.TEXT && table.name().equals(value.asString())) {
        state.row = cursor.rowid();
        value.set(record.load(1), record.bits(), record.ref());
        state.largest = value.asLong();
        state.stored = state.largest;
        break;
      }
    }
  }

  long next(TableWriter writer) {
    if (sequences.columns().size() != 2) {
      throw new CorruptException(ResultCode.CORRUPT_SEQUENCE, "database disk image is malformed");
    }
    long last = Math.max(state.largest, writer.lastRowid());
    if (last == Long.MAX_VALUE) {
      throw new SqlException(ResultCode.FULL, "database or disk is full");
    }
    return last + 1;
  }

  void saw(long rowid) {
    state.largest = Math.max(state.largest, rowid);
  }

  void store() {
    if (state.largest == state.stored) {
      return;
    }
    if (state.row == 0) {
      state.row = cursor.last() ? cursor.rowid() + 1 : 1;
    }
    RecordWriter record = new RecordWriter(encoding);
    record.addText(name, 0, name.length).addInteger(state.largest).finish();
    cursor.insert(state.row, record.array(), record.offset(), record.length());
    state.stored = state.largest;
  }
}
