package dev.turso.cdc.capture;

import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeSet;
import dev.turso.change.ExtensionHost;
import dev.turso.change.RowWriter;
import dev.turso.change.StatementRows;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Pragma;
import dev.turso.sql.ast.Statement;
import dev.turso.value.Value;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The change log of one open database. */
final class AttachedChangeLog implements AttachedExtension {

  private static final String CAPTURE = "turso_capture";
  private static final long NONE = -1;

  private final ExtensionHost host;
  private final InstantSource clock = InstantSource.system();

  /** Whether rows are to be recorded for the log; read by writers' threads. */
  private volatile boolean recording;

  /** State of the one transaction that writes now: guarded by the engine's writer's turn. */
  private long transactionId = NONE;

  private long firstMark;

  AttachedChangeLog(ExtensionHost host) {
    this.host = host;
  }

  @Override
  public String name() {
    return "turso-cdc";
  }

  @Override
  public boolean wants(Table table) {
    return recording && !table.name().startsWith("turso_") && !table.name().startsWith("sqlite_");
  }

  @Override
  public boolean handles(Statement statement, DatabaseSchema schema) {
    return statement instanceof Pragma pragma
        && pragma.name().name().text().equalsIgnoreCase(CAPTURE);
  }

  @Override
  public boolean writes(Statement statement) {
    return statement instanceof Pragma pragma && pragma.value() != null;
  }

  @Override
  public List<String> columns(Statement statement) {
    return List.of(CAPTURE);
  }

  @Override
  public @Nullable StatementRows execute(
      Statement statement, String sql, TransactionView transaction) {
    String value = ((Pragma) statement).value();
    if (value != null) {
      CaptureMode mode = CaptureMode.named(value);
      if (mode == null) {
        throw new SqlException(
            "unknown capture mode '" + value + "': one of off, id, before, after, full");
      }
      LogTable.create(transaction);
      LogTable.mode(transaction, mode);
      recording = mode != CaptureMode.OFF;
      host.interestChanged();
    }
    return new StatementRows(
        List.of(CAPTURE), List.of(List.of(Value.text(LogTable.mode(transaction).sqlName()))));
  }

  @Override
  public java.util.Map<String, dev.turso.sql.ast.Select> materializedViews(
      DatabaseSchema schema, TransactionView transaction) {
    boolean was = recording;
    recording =
        schema.table(LogTable.NAME) != null
            && LogTable.mode(schema, transaction.store()) != CaptureMode.OFF;
    if (recording != was) {
      host.interestChanged();
    }
    return java.util.Map.of();
  }

  @Override
  public boolean maintains(Table table) {
    return recording && table.name().equalsIgnoreCase(LogTable.NAME);
  }

  @Override
  public boolean guards(Table table) {
    return table.name().equalsIgnoreCase(LogTable.SETTINGS);
  }

  @Override
  public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
    Table log = LogTable.find(transaction);
    CaptureMode mode = LogTable.mode(transaction);
    if (log == null || mode == CaptureMode.OFF) {
      return;
    }
    ChangeLogWriter writer = null;
    ChangeCursor cursor = changes.cursor(from, to);
    while (cursor.next()) {
      if (wants(cursor.change().table())) {
        if (writer == null) {
          writer = writer(transaction, log, mode);
        }
        writer.append(cursor.change());
      }
    }
    if (writer != null) {
      writer.finish();
      if (transactionId == NONE) {
        firstMark = from;
      }
      transactionId = writer.transactionId();
    }
  }

  private ChangeLogWriter writer(TransactionView transaction, Table log, CaptureMode mode) {
    RowWriter rows = transaction.writer(log);
    LogSequence ids = new LogSequence(transaction, rows.newRowid() - 1);
    return new ChangeLogWriter(rows, ids, mode, transactionId, clock.instant().getEpochSecond());
  }

  @Override
  public void rollbackTo(long mark) {
    if (mark <= firstMark) {
      transactionId = NONE;
    }
  }

  @Override
  public void beforeCommit(TransactionView transaction, ChangeSet changes) {
    Table log = LogTable.find(transaction);
    if (transactionId != NONE && log != null) {
      ChangeLogWriter writer = writer(transaction, log, LogTable.mode(transaction));
      writer.commit();
      writer.finish();
    }
  }

  @Override
  public void afterTransaction(boolean committed) {
    transactionId = NONE;
  }
}
