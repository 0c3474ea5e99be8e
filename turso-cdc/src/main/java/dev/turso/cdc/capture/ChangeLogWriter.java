package dev.turso.cdc.capture;

import dev.turso.cdc.record.RowImages;
import dev.turso.change.Operation;
import dev.turso.change.RowChange;
import dev.turso.change.RowWriter;
import dev.turso.format.RecordWriter;
import dev.turso.schema.Table;
import dev.turso.value.Value;
import org.jspecify.annotations.Nullable;

/** Appends rows to the log table. Belongs to one transaction. */
final class ChangeLogWriter {

  private static final long NO_TRANSACTION = -1;

  private final RowWriter log;
  private final LogSequence ids;
  private final CaptureMode mode;
  private final long seconds;
  private final RowImages images = new RowImages();
  private final RecordWriter record = new RecordWriter();
  private long transactionId;

  /**
   * @param transactionId id of the transaction's first log row, or -1 if it has none yet
   * @param seconds since 1970, for every row of this call
   */
  ChangeLogWriter(
      RowWriter log, LogSequence ids, CaptureMode mode, long transactionId, long seconds) {
    this.log = log;
    this.ids = ids;
    this.mode = mode;
    this.transactionId = transactionId;
    this.seconds = seconds;
  }

  long transactionId() {
    return transactionId;
  }

  void append(RowChange change) {
    Table table = change.table();
    boolean moved =
        change.operation() == Operation.UPDATE
            && !images
                .key(change, RowImages.Side.BEFORE)
                .equals(images.key(change, RowImages.Side.AFTER));
    if (moved) {
      delete(table, change);
      insert(table, change);
      return;
    }
    switch (change.operation()) {
      case INSERT -> insert(table, change);
      case DELETE -> delete(table, change);
      case UPDATE ->
          add(
              LogTable.UPDATE,
              table.name(),
              images.key(change, RowImages.Side.AFTER),
              mode.keepsBefore() ? images.before(change) : null,
              mode.keepsAfter() ? images.after(change) : null,
              mode == CaptureMode.FULL ? images.updates(change) : null);
    }
  }

  private void insert(Table table, RowChange change) {
    add(
        LogTable.INSERT,
        table.name(),
        images.key(change, RowImages.Side.AFTER),
        null,
        mode.keepsAfter() ? images.after(change) : null,
        null);
  }

  private void delete(Table table, RowChange change) {
    add(
        LogTable.DELETE,
        table.name(),
        images.key(change, RowImages.Side.BEFORE),
        mode.keepsBefore() ? images.before(change) : null,
        null,
        null);
  }

  /** Ends a run of rows. */
  void finish() {
    ids.store();
  }

  void commit() {
    add(LogTable.COMMIT, null, Value.NULL, null, null, null);
  }

  private void add(
      int type,
      @Nullable String table,
      Value key,
      byte @Nullable [] before,
      byte @Nullable [] after,
      byte @Nullable [] updates) {
    long id = ids.next();
    if (transactionId == NO_TRANSACTION) {
      transactionId = id;
    }
    record.reset();
    record.addNull();
    record.addInteger(seconds);
    record.addInteger(transactionId);
    record.addInteger(type);
    add(table == null ? Value.NULL : Value.text(table));
    add(key);
    add(before == null ? Value.NULL : Value.blob(before));
    add(after == null ? Value.NULL : Value.blob(after));
    add(updates == null ? Value.NULL : Value.blob(updates));
    record.finish();
    log.insert(id, record.array(), record.offset(), record.length());
  }

  private void add(Value value) {
    record.add(value.tag(), value.bits(), value.ref());
  }
}
