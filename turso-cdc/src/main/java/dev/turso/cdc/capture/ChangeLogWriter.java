package dev.turso.cdc.capture;

import dev.turso.cdc.record.RowImages;
import dev.turso.change.Operation;
import dev.turso.change.RowChange;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Table;
import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Appends rows to a log table. Belongs to one transaction at a time. */
final class ChangeLogWriter {

  static final long NO_TRANSACTION = -1;

  private final LogRows log;
  private final LogIdSource ids;
  private final LogLayout layout;
  private final CaptureMode mode;
  private final RowImages images;
  private final RecordWriter record;
  private long transactionId;
  private long seconds;
  private long bytes;

  /** The table named last, and its name as it is stored. */
  private @Nullable String named;

  private byte[] name = {};

  /**
   * @param images makes images; used by this writer alone while it is used
   * @param encoding how the database stores its texts
   * @param transactionId id of the transaction's first log row, or -1 if it has none yet
   * @param seconds since 1970, for every row of this call
   */
  ChangeLogWriter(
      LogRows log,
      LogIdSource ids,
      LogLayout layout,
      CaptureMode mode,
      RowImages images,
      TextEncoding encoding,
      long transactionId,
      long seconds) {
    this.log = log;
    this.ids = ids;
    this.layout = layout;
    this.mode = mode;
    this.images = images;
    this.record = new RecordWriter(encoding);
    begin(transactionId, seconds);
  }

  /**
   * Goes on in another transaction, whose pages the log's rows go to as well.
   *
   * @param transactionId id of the transaction's first log row, or -1 if it has none yet
   * @param seconds since 1970, for every row of this call
   */
  void begin(long transactionId, long seconds) {
    this.transactionId = transactionId;
    this.seconds = seconds;
    bytes = 0;
  }

  CaptureMode mode() {
    return mode;
  }

  long transactionId() {
    return transactionId;
  }

  void append(RowChange change) {
    append(change, mode);
  }

  /** Appends the rows for a change in another mode than the log's. */
  void append(RowChange change, CaptureMode as) {
    Table table = change.table();
    images.look(change);
    boolean moved = change.operation() == Operation.UPDATE && images.keyChanged(change);
    if (moved) {
      delete(table, change, as);
      boolean told = table.autoincrement() && as.keepsUpdates();
      insert(table, change, as, told ? images.updates(change) : null);
      return;
    }
    switch (change.operation()) {
      case INSERT -> insert(table, change, as, null);
      case DELETE -> delete(table, change, as);
      case UPDATE -> {
        begin(LogTable.UPDATE, table.name(), images.key(change, RowImages.Side.AFTER));
        addImage(as.keepsBefore() ? images.before() : null);
        addImage(as.keepsAfter() ? images.after() : null);
        addImage(as.keepsUpdates() ? images.updates(change) : null);
        end();
      }
    }
  }

  /** Appends a row about a definition that {@code sqlite_schema} does not hold as such. */
  void appendDefinition(RowChange change, byte[] definition) {
    boolean gone = change.operation() == Operation.DELETE;
    begin(
        gone ? LogTable.DELETE : LogTable.INSERT,
        change.table().name(),
        Value.integer(gone ? change.rowidBefore() : change.rowidAfter()));
    addBlob(gone ? definition : null);
    addBlob(gone ? null : definition);
    record.addNull();
    end();
  }

  /** Appends a row that says: changes of this table are missing from the log. */
  void appendGap(String table) {
    begin(LogTable.GAP, table, Value.NULL);
    record.addNull().addNull().addNull();
    end();
  }

  /**
   * @param updates which columns changed of a row of an AUTOINCREMENT table that got another key: unlike an
   *     insertion that does not move the table's number
   */
  private void insert(
      Table table, RowChange change, CaptureMode as, @Nullable RecordWriter updates) {
    begin(LogTable.INSERT, table.name(), images.key(change, RowImages.Side.AFTER));
    record.addNull();
    addImage(as.keepsAfter() ? images.after() : null);
    addImage(updates);
    end();
  }

  private void delete(Table table, RowChange change, CaptureMode as) {
    begin(LogTable.DELETE, table.name(), images.key(change, RowImages.Side.BEFORE));
    addImage(as.keepsBefore() ? images.before() : null);
    record.addNull().addNull();
    end();
  }

  /** Ends a run of rows. */
  void finish() {
    ids.finish();
  }

  /**
   * Ends the transaction; a log of the first layout does not tell of that.
   *
   * @param about what is known of the whole transaction, as a record
   */
  void commit(@Nullable RecordWriter about) {
    if (layout == LogLayout.V2) {
      begin(LogTable.COMMIT, transactionId, null, Value.NULL);
      record.addNull();
      addImage(about);
      record.addNull();
      end();
    }
  }

  /** How many bytes this writer has written in the transaction. */
  long bytes() {
    return bytes;
  }

  /** The id that the next row will have. */
  long nextId() {
    return ids.peek();
  }

  private void begin(int type, String table, Value key) {
    if (transactionId == NO_TRANSACTION) {
      transactionId = ids.peek();
    }
    begin(type, transactionId, table, key);
  }

  /** Begins a row: its three records follow, and {@link #end}. */
  private void begin(int type, long transaction, @Nullable String table, Value key) {
    record.reset();
    record.addNull();
    record.addInteger(seconds);
    if (layout == LogLayout.V2) {
      record.addInteger(transaction);
    }
    record.addInteger(type);
    addName(table);
    record.add(key.tag(), key.bits(), key.ref());
  }

  private void end() {
    record.finish();
    bytes += record.length();
    log.insert(ids.next(), record.array(), record.offset(), record.length());
  }

  private void addName(@Nullable String table) {
    if (table == null) {
      record.addNull();
      return;
    }
    if (!table.equals(named)) {
      named = table;
      name = table.getBytes(StandardCharsets.UTF_8);
    }
    record.addText(name, 0, name.length);
  }

  private void addImage(@Nullable RecordWriter image) {
    if (image == null) {
      record.addNull();
    } else {
      record.addBlob(image.array(), image.offset(), image.length());
    }
  }

  private void addBlob(byte @Nullable [] bytes) {
    if (bytes == null) {
      record.addNull();
    } else {
      record.addBlob(bytes, 0, bytes.length);
    }
  }
}
