package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The number that {@code sqlite_sequence} has for a log table: no smaller id is used again, also after
 * the log was pruned.
 *
 * @see <a href="https://www.sqlite.org/autoinc.html">SQLite Autoincrement</a>
 */
final class LogSequence {

  private LogSequence() {}

  /** The stored number, -1 if there is none. */
  static long stored(TransactionView transaction, String log) {
    TextEncoding encoding = LogTable.encoding(transaction.store());
    TableCursor cursor = cursor(transaction);
    RecordReader reader = new RecordReader(encoding);
    return find(cursor, reader, log) ? reader.load(1) == Tag.INTEGER ? reader.bits() : 0 : -1;
  }

  /** Writes the number. */
  static void store(TransactionView transaction, String log, long largest) {
    TextEncoding encoding = LogTable.encoding(transaction.store());
    TableCursor cursor = cursor(transaction);
    long row;
    if (find(cursor, new RecordReader(encoding), log)) {
      row = cursor.rowid();
    } else {
      row = cursor.last() ? cursor.rowid() + 1 : 1;
    }
    byte[] name = log.getBytes(StandardCharsets.UTF_8);
    RecordWriter record = new RecordWriter(encoding);
    record.addText(name, 0, name.length);
    record.addInteger(largest);
    record.finish();
    cursor.insert(row, record.array(), record.offset(), record.length());
  }

  private static TableCursor cursor(TransactionView transaction) {
    Table sequences = transaction.schema().table("sqlite_sequence");
    if (sequences == null) {
      throw new CorruptException(ResultCode.CORRUPT_SEQUENCE, "database disk image is malformed");
    }
    return new TableCursor(transaction.store(), sequences.rootPage());
  }

  private static boolean find(TableCursor cursor, RecordReader reader, String log) {
    byte[] name = log.getBytes(StandardCharsets.UTF_8);
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      cursor.read(reader);
      if (reader.load(0) == Tag.TEXT) {
        int from = Tag.offset(reader.bits());
        int to = from + Tag.length(reader.bits());
        if (Arrays.equals(reader.ref(), from, to, name, 0, name.length)) {
          return true;
        }
      }
    }
    return false;
  }
}
