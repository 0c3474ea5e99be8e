package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import dev.turso.format.BTreePage;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The number that {@code sqlite_sequence} has for a log table: no smaller id is used again, also after
 * the log was pruned.
 *
 * @see <a href="https://www.sqlite.org/autoinc.html">SQLite Autoincrement</a>
 */
final class LogSequence {

  private final byte[] name;

  /**
   * The only page of the table when the number was last looked up. The image of a page that a transaction
   * has not written never changes: as long as it is this one, the number is the same.
   */
  private byte @Nullable [] seen;

  private long seenNumber;

  /** {@code sqlite_sequence} in the schema that was looked at last. */
  private @Nullable Table sequences;

  private @Nullable DatabaseSchema sequencesSchema;

  LogSequence(String log) {
    name = log.getBytes(StandardCharsets.UTF_8);
  }

  /** The stored number, -1 if there is none. */
  long stored(TransactionView transaction) {
    PageStore store = transaction.store();
    int root = table(transaction).rootPage();
    byte[] page = store.isWritten(root) ? null : store.read(root);
    if (page != null && page == seen) {
      return seenNumber;
    }
    RecordReader reader = new RecordReader(LogTable.encoding(store));
    TableCursor cursor = new TableCursor(store, root);
    long number = -1;
    if (find(cursor, reader)) {
      number = reader.load(1) == Tag.INTEGER ? reader.bits() : 0;
    }
    boolean only = page != null && page[BTreePage.header(root)] == BTreePage.LEAF_TABLE;
    seen = only ? page : null;
    seenNumber = number;
    return number;
  }

  /** Writes the number. */
  void store(TransactionView transaction, long largest) {
    TextEncoding encoding = LogTable.encoding(transaction.store());
    TableCursor cursor = new TableCursor(transaction.store(), table(transaction).rootPage());
    long row;
    if (find(cursor, new RecordReader(encoding))) {
      row = cursor.rowid();
    } else {
      row = cursor.last() ? cursor.rowid() + 1 : 1;
    }
    RecordWriter record = new RecordWriter(encoding);
    record.addText(name, 0, name.length);
    record.addInteger(largest);
    record.finish();
    cursor.insert(row, record.array(), record.offset(), record.length());
  }

  private Table table(TransactionView transaction) {
    DatabaseSchema schema = transaction.schema();
    Table known = sequences;
    if (known != null && schema == sequencesSchema) {
      return known;
    }
    known = schema.table("sqlite_sequence");
    if (known == null) {
      throw new CorruptException(ResultCode.CORRUPT_SEQUENCE, "database disk image is malformed");
    }
    sequences = known;
    sequencesSchema = schema;
    return known;
  }

  private boolean find(TableCursor cursor, RecordReader reader) {
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
