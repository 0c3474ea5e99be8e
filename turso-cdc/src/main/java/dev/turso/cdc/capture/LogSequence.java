package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;

/**
 * The ids of log rows: one above the largest there ever was, kept in {@code sqlite_sequence} as for any
 * AUTOINCREMENT table, so that an id is never used again after the log was pruned.
 *
 * @see <a href="https://www.sqlite.org/autoinc.html">SQLite Autoincrement</a>
 */
final class LogSequence {

  private final String log;
  private final TableCursor cursor;
  private final RecordWriter record;
  private long row;
  private long largest;
  private long stored;

  /**
   * @param log the log table's name
   */
  LogSequence(TransactionView transaction, String log, long largestInLog) {
    this.log = log;
    Table sequences = transaction.schema().table("sqlite_sequence");
    if (sequences == null) {
      throw new CorruptException(ResultCode.CORRUPT_SEQUENCE, "database disk image is malformed");
    }
    cursor = new TableCursor(transaction.store(), sequences.rootPage());
    record = new RecordWriter(LogTable.encoding(transaction.store()));
    RecordReader reader = new RecordReader(LogTable.encoding(transaction.store()));
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      cursor.read(reader);
      if (LogTable.text(reader, 0).equals(log)) {
        row = cursor.rowid();
        largest = reader.load(1) == Tag.INTEGER ? reader.bits() : 0;
        break;
      }
    }
    stored = row == 0 ? -1 : largest;
    largest = Math.max(largest, largestInLog);
  }

  /** The id that {@link #next} will give. */
  long peek() {
    return largest + 1;
  }

  long next() {
    return ++largest;
  }

  /** Writes the largest id, if it grew. */
  void store() {
    if (largest == stored) {
      return;
    }
    if (row == 0) {
      row = cursor.last() ? cursor.rowid() + 1 : 1;
    }
    byte[] name = log.getBytes(StandardCharsets.UTF_8);
    record.reset();
    record.addText(name, 0, name.length);
    record.addInteger(largest);
    record.finish();
    cursor.insert(row, record.array(), record.offset(), record.length());
    stored = largest;
  }
}
