package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.cdc.record.RowImages;
import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeSet;
import dev.turso.change.CommitParticipant;
import dev.turso.change.Operation;
import dev.turso.change.RowChange;
import dev.turso.change.RowWriter;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Catalog;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import org.jspecify.annotations.Nullable;

/**
 * The log of what one session changes, as Turso's {@code PRAGMA capture_data_changes_conn} has it: in
 * a table of its main database, whichever of its databases was changed. Used by the session's thread.
 */
final class SessionCapture implements CommitParticipant {

  /** What is captured and into which table. */
  record Target(CaptureMode mode, String table, LogLayout layout) {}

  private final AttachedChangeLog database;
  private @Nullable Target target;

  /** What holds again if the transaction that set the target is rolled back. */
  private @Nullable Target before;

  private boolean targetIsNew;
  private boolean statementEnds;
  private long transactionId = ChangeLogWriter.NO_TRANSACTION;

  SessionCapture(AttachedChangeLog database) {
    this.database = database;
  }

  @Nullable Target target() {
    return target;
  }

  void target(@Nullable Target next) {
    if (!targetIsNew) {
      before = target;
    }
    target = next;
    targetIsNew = true;
  }

  @Override
  public boolean wants(Table table) {
    Target to = target;
    if (to == null || table.databaseIndex() == Catalog.TEMP) {
      return false;
    }
    return table.kind() == TableKind.SCHEMA
        || table.kind() == TableKind.ORDINARY
            && !table.materializedView()
            && !LogTable.isSideTable(table.name())
            && !(table.databaseIndex() == Catalog.MAIN && Names.same(table.name(), to.table));
  }

  @Override
  public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
    Target into = target;
    if (into == null) {
      return;
    }
    ChangeLogWriter writer = null;
    SchemaChange schema = null;
    ChangeCursor cursor = changes.cursor(from, to);
    while (cursor.next()) {
      RowChange change = cursor.change();
      if (!wants(change.table()) || isLoggedAnyway(change.table(), into)) {
        continue;
      }
      if (change.table().kind() == TableKind.SCHEMA) {
        if (schema == null) {
          schema = new SchemaChange(LogTable.encoding(transaction.store()));
        }
        if (!isLogged(schema.of(change), change, transaction, into)) {
          continue;
        }
      }
      if (writer == null) {
        writer = writer(transaction, into);
      }
      writer.append(change);
    }
    if (writer != null) {
      writer.finish();
      transactionId = writer.transactionId();
    }
  }

  /** Whether the database's own log has the change in the same table. */
  private boolean isLoggedAnyway(Table table, Target into) {
    return table.databaseIndex() == Catalog.MAIN && database.writesInto(into.table);
  }

  private static boolean isLogged(
      SchemaChange schema, RowChange change, TransactionView transaction, Target into) {
    boolean main = change.table().databaseIndex() == Catalog.MAIN;
    if (main && Names.same(schema.table(), into.table)) {
      if (change.operation() == Operation.DELETE && schema.type().equals("table")) {
        LogTable.dropped(transaction, schema.name());
      }
      return false;
    }
    if (!schema.isVisible()
        || !schema.isTableOrIndex()
        || schema.isOfMaterializedView()
        || LogTable.isSideTable(schema.table())) {
      return false;
    }
    boolean goesWithItsTable =
        change.operation() == Operation.DELETE
            && schema.type().equals("index")
            && transaction.catalog().table(null, schema.table()) == null;
    return !goesWithItsTable;
  }

  private ChangeLogWriter writer(TransactionView transaction, Target into) {
    Table log = transaction.schema().table(into.table);
    if (log == null) {
      throw new SqlException("no such table: " + into.table);
    }
    RowWriter rows = transaction.writer(log);
    TextEncoding encoding = LogTable.encoding(transaction.store());
    if (transactionId != ChangeLogWriter.NO_TRANSACTION
        && !new TableCursor(transaction.store(), log.rootPage()).seek(transactionId)) {
      // The rows so far went with a savepoint.
      transactionId = ChangeLogWriter.NO_TRANSACTION;
    }
    return new ChangeLogWriter(
        rows::insert,
        new SequenceIds(transaction, log.name(), rows.newRowid() - 1),
        into.layout,
        into.mode,
        new RowImages(encoding),
        encoding,
        transactionId,
        database.seconds());
  }

  /** One above the largest there ever was, as for any AUTOINCREMENT table. */
  private static final class SequenceIds implements LogIdSource {
    private final TransactionView transaction;
    private final LogSequence sequence;
    private final long stored;
    private long largest;

    SequenceIds(TransactionView transaction, String log, long largestInLog) {
      this.transaction = transaction;
      this.sequence = new LogSequence(log);
      stored = sequence.stored(transaction);
      largest = Math.max(Math.max(stored, 0), largestInLog);
    }

    @Override
    public long peek() {
      return largest + 1;
    }

    @Override
    public long next() {
      return ++largest;
    }

    @Override
    public void finish() {
      if (largest != stored) {
        sequence.store(transaction, largest);
      }
    }
  }

  @Override
  public void statementEnds() {
    statementEnds = true;
  }

  @Override
  public void beforeCommit(TransactionView transaction, ChangeSet changes) {
    Target into = target;
    boolean alone = statementEnds;
    statementEnds = false;
    if (into == null || targetIsNew && transactionId == ChangeLogWriter.NO_TRANSACTION) {
      return;
    }
    boolean any = transactionId != ChangeLogWriter.NO_TRANSACTION;
    if ((any || alone && !database.writesInto(into.table))
        && transaction.schema().table(into.table) != null) {
      ChangeLogWriter writer = writer(transaction, into);
      if (writer.transactionId() != ChangeLogWriter.NO_TRANSACTION || alone) {
        writer.commit(null);
        writer.finish();
      }
    }
  }

  @Override
  public void afterTransaction(long transaction, boolean committed) {
    transactionId = ChangeLogWriter.NO_TRANSACTION;
    statementEnds = false;
    if (targetIsNew && !committed) {
      target = before;
    }
    targetIsNew = false;
    before = null;
  }
}
