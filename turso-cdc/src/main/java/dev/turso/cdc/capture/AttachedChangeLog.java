package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.cdc.flink.FlinkPragma;
import dev.turso.cdc.record.RowImages;
import dev.turso.cdc.retention.RetentionPolicy;
import dev.turso.cdc.retention.RetentionSweep;
import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeSet;
import dev.turso.change.CommitParticipant;
import dev.turso.change.ExtensionHost;
import dev.turso.change.LoggedRows;
import dev.turso.change.Operation;
import dev.turso.change.RowChange;
import dev.turso.change.StatementRows;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.sql.ast.Pragma;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.Statement;
import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The change log of one open database, and those of its sessions. */
final class AttachedChangeLog implements AttachedExtension {

  private static final String CAPTURE = "turso_capture";
  private static final int SWEEP_EVERY = 512;
  private static final int SWEEP_BYTES = 1 << 20;
  private static final long NONE = ChangeLogWriter.NO_TRANSACTION;

  private final ExtensionHost host;
  private final InstantSource clock = InstantSource.system();

  /** Folded names of tables that sessions log into. */
  private final Set<String> sessionLogs = ConcurrentHashMap.newKeySet();

  /** Whether rows are to be recorded for the log; read by writers' threads. */
  private volatile boolean recording;

  /*
   * What follows is guarded by the engine's writer's turn. A transaction gives it up before its commit
   * is durable and before it is told that it has ended, so that the end of one is only seen when the
   * next one comes.
   */

  /** Which transaction the state is of. */
  private long transaction = NONE;

  /** A commit failed whose transaction had given up its turn already. */
  private volatile boolean lost;

  /** Its first log row. */
  private long transactionId = NONE;

  private long firstMark;
  private long sweptAt;
  private long bytesSinceSweep;
  private final LogIds ids = new LogIds();
  private final LogSettings settings;

  /** The writer of the transaction before, or of the running one as long as nothing was rolled back. */
  private @Nullable ChangeLogWriter current;

  /** Where it writes; null if somebody sees its rows as they come: it is of one transaction then. */
  private @Nullable TableCursor currentRows;

  private @Nullable PageStore currentStore;
  private @Nullable DatabaseSchema currentSchema;

  /** How many times interest had changed when the log of that schema had no other readers of its rows. */
  private long plainSince = NONE;

  /** Whether it is the running transaction's. */
  private boolean writing;

  /** The log in the schema that was looked at last. */
  private @Nullable Table log;

  private @Nullable DatabaseSchema logSchema;

  /** The same in all positions of this open database. */
  private long epoch = NONE;

  private final SchemaHistory history = new SchemaHistory();
  private final RecordWriter about = new RecordWriter();
  private @Nullable RowImages images;

  AttachedChangeLog(ExtensionHost host) {
    this.host = host;
    this.settings = new LogSettings(host);
  }

  @Override
  public String name() {
    return "turso-cdc";
  }

  long seconds() {
    return Math.floorDiv(clock.millis(), 1000);
  }

  /** Whether the database's own log is on and is this table. */
  boolean writesInto(String table) {
    return recording && Names.same(table, LogTable.NAME);
  }

  // ---- pragmas

  @Override
  public boolean handles(Statement statement, DatabaseSchema schema) {
    return statement instanceof Pragma pragma
        && (isCapture(pragma)
            || SessionCapturePragma.is(pragma)
            || RetentionPragma.is(pragma)
            || FlinkPragma.is(pragma));
  }

  private static boolean isCapture(Pragma pragma) {
    return Names.same(pragma.name().name().text(), CAPTURE);
  }

  @Override
  public boolean writes(Statement statement) {
    Pragma pragma = (Pragma) statement;
    if (FlinkPragma.is(pragma)) {
      return false;
    }
    if (RetentionPragma.is(pragma)) {
      return RetentionPragma.writes(pragma);
    }
    return isCapture(pragma) ? pragma.value() != null : SessionCapturePragma.writes(pragma);
  }

  @Override
  public List<String> columns(Statement statement) {
    Pragma pragma = (Pragma) statement;
    if (FlinkPragma.is(pragma)) {
      return FlinkPragma.columns();
    }
    if (RetentionPragma.is(pragma)) {
      return RetentionPragma.columns(pragma);
    }
    return isCapture(pragma) ? List.of(CAPTURE) : SessionCapturePragma.columns(pragma);
  }

  @Override
  public @Nullable StatementRows execute(
      Statement statement, String sql, TransactionView transaction) {
    Pragma pragma = (Pragma) statement;
    if (FlinkPragma.is(pragma)) {
      return FlinkPragma.execute(pragma, transaction);
    }
    if (RetentionPragma.is(pragma)) {
      settings.forget();
      return RetentionPragma.execute(pragma, transaction, seconds());
    }
    return isCapture(pragma)
        ? capture(pragma.value(), transaction)
        : SessionCapturePragma.execute(pragma, this, transaction);
  }

  private StatementRows capture(@Nullable String value, TransactionView transaction) {
    if (value != null) {
      CaptureMode mode = CaptureMode.named(value);
      if (mode == null) {
        throw new SqlException(
            "unknown capture mode '" + value + "': one of off, id, before, after, full");
      }
      LogTable.create(transaction);
      LogTable.mode(transaction, mode);
      settings.forget();
      forgetWriter();
      recording = mode != CaptureMode.OFF;
      host.interestChanged();
    }
    return new StatementRows(
        List.of(CAPTURE), List.of(List.of(Value.text(LogTable.mode(transaction).sqlName()))));
  }

  /** A session logs into a table from now on. */
  void sessionLogsInto(String table) {
    sessionLogs.add(Names.fold(table));
  }

  // ---- what is recorded, read and guarded

  @Override
  public Map<String, Select> materializedViews(DatabaseSchema schema, TransactionView transaction) {
    boolean was = recording;
    recording =
        schema.table(LogTable.NAME) != null
            && LogTable.mode(schema, transaction.store()) != CaptureMode.OFF;
    if (recording != was) {
      host.interestChanged();
    }
    return Map.of();
  }

  @Override
  public boolean wants(Table table) {
    return recording
        && (table.kind() == TableKind.SCHEMA
            || ForeignFlags.is(table)
            || !table.materializedView() && !LogTable.isSideTable(table.name()));
  }

  @Override
  public boolean maintains(Table table) {
    return recording && Names.same(table.name(), LogTable.NAME)
        || sessionLogs.contains(Names.fold(table.name()));
  }

  @Override
  public boolean guards(Table table) {
    return Names.same(table.name(), LogTable.SETTINGS);
  }

  // ---- writing

  /** A transaction writes now; what another one has left is forgotten. */
  private void enter(ChangeSet changes) {
    if (lost) {
      lost = false;
      settings.forget();
      history.forget();
      ids.lost();
      forgetWriter();
    }
    if (transaction != changes.transaction()) {
      transaction = changes.transaction();
      transactionId = NONE;
      ids.ended();
      history.begin();
      writing = false;
    }
  }

  @Override
  public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
    enter(changes);
    Table log = log(transaction);
    CaptureMode mode = settings.mode(transaction);
    if (log == null || mode == CaptureMode.OFF) {
      return;
    }
    ChangeLogWriter writer = null;
    SchemaChange schema = null;
    Table last = null;
    ChangeCursor cursor = changes.cursor(from, to);
    while (cursor.next()) {
      RowChange change = cursor.change();
      Table table = change.table();
      if (table != last && !wants(table)) {
        continue;
      }
      boolean definition = table.kind() == TableKind.SCHEMA;
      boolean flag = !definition && ForeignFlags.is(table);
      if (flag && change.operation() != Operation.DELETE) {
        continue;
      }
      if (definition) {
        if (schema == null) {
          schema = new SchemaChange(LogTable.encoding(transaction.store()));
        }
        if (!isLogged(schema.of(change)) && !schema.isMaterializedView()) {
          continue;
        }
      }
      if (writer == null) {
        writer = writer(transaction, log, mode);
      }
      if (flag) {
        writer.appendGap(ForeignFlags.base(change, transaction));
        continue;
      }
      if (schema != null && definition && schema.isMaterializedView()) {
        writer.appendDefinition(change, schema.materializedView());
        last = null;
        continue;
      }
      if (schema != null && definition) {
        history.changed(transaction, schema, change.operation(), writer.nextId());
        last = null;
      } else if (table != last) {
        last = table;
        history.verify(transaction, table, writer.nextId());
      }
      writer.append(change, definition ? CaptureMode.FULL : mode);
    }
    if (writer != null) {
      writer.finish();
      if (transactionId == NONE) {
        firstMark = from;
      }
      transactionId = writer.transactionId();
    }
  }

  private @Nullable Table log(TransactionView transaction) {
    DatabaseSchema schema = transaction.schema();
    if (schema != logSchema) {
      logSchema = schema;
      log = schema.table(LogTable.NAME);
    }
    return log;
  }

  private static boolean isLogged(SchemaChange schema) {
    return schema.isVisible()
        && !schema.isOfMaterializedView()
        && !LogTable.isSideTable(schema.name())
        && !LogTable.isSideTable(schema.table());
  }

  private ChangeLogWriter writer(TransactionView transaction, Table log, CaptureMode mode) {
    ChangeLogWriter known = current;
    if (known != null && currentSchema == transaction.schema()) {
      if (writing) {
        return known;
      }
      TableCursor rows = currentRows;
      if (rows != null
          && currentStore == transaction.store()
          && known.mode() == mode
          && (plainSince == host.interest() || isPlain(log))) {
        ids.begin(transaction, rows);
        known.begin(transactionId, seconds());
        writing = true;
        return known;
      }
    }
    ChangeLogWriter made = newWriter(transaction, log, mode);
    current = made;
    currentSchema = transaction.schema();
    writing = true;
    return made;
  }

  private void forgetWriter() {
    current = null;
    currentRows = null;
    currentStore = null;
    currentSchema = null;
    writing = false;
  }

  /** Whether nobody else has to know of the log's rows. */
  private boolean isPlain(Table log) {
    long interest = host.interest();
    boolean plain = log.indexes().isEmpty() && !host.wants(log);
    plainSince = plain ? interest : NONE;
    return plain;
  }

  private ChangeLogWriter newWriter(TransactionView transaction, Table log, CaptureMode mode) {
    TextEncoding encoding = LogTable.encoding(transaction.store());
    RowImages imaging = images;
    if (imaging == null) {
      imaging = new RowImages(encoding);
      images = imaging;
    }
    TableCursor cursor = new TableCursor(transaction.store(), log.rootPage());
    ids.begin(transaction, cursor);
    boolean plain = isPlain(log);
    currentRows = plain ? cursor : null;
    currentStore = transaction.store();
    return new ChangeLogWriter(
        plain ? cursor::insert : transaction.writer(log)::insert,
        ids,
        LogLayout.V2,
        mode,
        imaging,
        encoding,
        transactionId,
        seconds());
  }

  /** What a COMMIT row tells of its transaction: epoch, microseconds since 1970, origin. */
  private RecordWriter about(TransactionView transaction) {
    Instant now = clock.instant();
    RecordWriter record = about;
    record.reset();
    if (epoch == NONE) {
      epoch = host.changes().position().epoch();
    }
    record.addInteger(epoch);
    record.addInteger(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000);
    String origin = transaction.sessionOrigin();
    if (origin != null) {
      byte[] utf8 = origin.getBytes(StandardCharsets.UTF_8);
      record.addText(utf8, 0, utf8.length);
    }
    record.finish();
    return record;
  }

  @Override
  public void rollbackTo(long mark) {
    if (mark <= firstMark) {
      transactionId = NONE;
    }
    forgetWriter();
    settings.forget();
    ids.undone();
    history.undone();
  }

  @Override
  public void beforeCommit(TransactionView transaction, ChangeSet changes) {
    enter(changes);
    Table log = log(transaction);
    if (transactionId != NONE && log != null) {
      ChangeLogWriter writer = writer(transaction, log, settings.mode(transaction));
      writer.commit(about(transaction));
      writer.finish();
      ids.commit();
      changes.logged(new LoggedRows(transactionId, writer.nextId() - 1));
      sweep(transaction, log, writer.nextId() - 1, writer.bytes());
    }
  }

  /** Every some hundred rows, or each megabyte: removes what the policy does not keep. */
  private void sweep(TransactionView transaction, Table log, long newest, long bytes) {
    bytesSinceSweep += bytes;
    if (newest / SWEEP_EVERY == sweptAt && bytesSinceSweep < SWEEP_BYTES) {
      return;
    }
    sweptAt = newest / SWEEP_EVERY;
    bytesSinceSweep = 0;
    String retention = settings.retention(transaction);
    RetentionPolicy policy =
        retention == null || retention.equals("off") ? null : RetentionPolicy.parse(retention);
    if (policy != null) {
      forgetWriter();
      TextEncoding encoding = LogTable.encoding(transaction.store());
      RetentionSweep.run(transaction, log, encoding, policy, newest, seconds());
    }
  }

  @Override
  public void afterTransaction(long ended, boolean committed) {
    if (!committed) {
      // Its turn is not over yet.
      settings.forget();
      history.undone();
      if (transaction == ended) {
        transaction = NONE;
        ids.undone();
        forgetWriter();
      }
    }
  }

  @Override
  public void commitLost(long ended) {
    lost = true;
  }

  /** What a session captures for itself; made where it is missing. */
  SessionCapture of(TransactionView transaction) {
    CommitParticipant present = transaction.participant();
    return present instanceof SessionCapture capture ? capture : new SessionCapture(this);
  }
}
