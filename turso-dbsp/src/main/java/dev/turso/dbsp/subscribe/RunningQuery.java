package dev.turso.dbsp.subscribe;

import dev.turso.change.Position;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.circuit.Circuit;
import dev.turso.dbsp.trace.MemoryTrace;
import dev.turso.dbsp.view.PendingChanges;
import dev.turso.error.DatabaseException;
import dev.turso.error.SqlException;
import dev.turso.format.RecordWriter;
import dev.turso.sql.ast.Select;
import dev.turso.value.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One live query: its circuit with state in memory, and its subscriber's mailbox.
 *
 * <pre>
 *   starting ──► running ──► closed
 *      ▲            │
 *      └────────────┘ the schema changed, a commit failed, another process committed, too much waits
 * </pre>
 *
 * <p>Circuit and state belong to whoever holds the database's write lock.
 */
final class RunningQuery implements LiveQuery {

  private final AttachedLiveQueries owner;
  private final String sql;
  private final Select select;
  private final List<Value> parameters;
  private final Mailbox mailbox;
  private volatile @Nullable LiveSelect compiled;
  private volatile boolean running;

  /** Under the write lock. */
  private MemoryTrace trace = new MemoryTrace();

  /** The whole result, kept only where there is no circuit. Under the write lock. */
  private ZSet content = new ZSet();

  private volatile long rows;
  private volatile long rowsTouched;
  private volatile long nanos;
  private volatile long statements;

  RunningQuery(
      AttachedLiveQueries owner,
      String sql,
      Select select,
      List<Value> parameters,
      LiveQueryListener listener) {
    this.owner = owner;
    this.sql = sql;
    this.select = select;
    this.parameters = parameters;
    this.mailbox = new Mailbox(this, listener);
  }

  // ---- starting and starting over

  /** Computes the snapshot and takes part in every later commit. */
  void start() {
    owner.host().inTransaction(this::fill);
  }

  private void fill(TransactionView transaction) {
    LiveSelect before = compiled;
    LiveSelect now = LiveSelect.compile(select, parameters, transaction);
    if (before != null && !before.columns().equals(now.columns())) {
      throw new SqlException("the columns of the live query changed with the schema: " + sql);
    }
    compiled = now;
    trace = new MemoryTrace();
    long start = System.nanoTime();
    Circuit circuit = now.circuit();
    ZSet all;
    if (circuit == null) {
      all = evaluate(transaction);
      content = all;
    } else {
      all = circuit.step(transaction.store(), trace, Map.of(), true);
      rowsTouched = circuit.rowsTouched();
    }
    statements++;
    nanos = System.nanoTime() - start;
    rows = all.total();
    running = true;
    owner.add(this);
    mailbox.snapshot(owner.host().changes().position(), all, now);
  }

  /** The schema was read at this version. */
  void schemaSeen(long cookie) {
    LiveSelect now = compiled;
    if (now != null && cookie > now.cookie()) {
      startOver();
    }
  }

  /** Leaves the stream; the mailbox's thread begins again with a fresh snapshot. */
  void startOver() {
    if (running) {
      running = false;
      mailbox.startOver();
    }
  }

  // ---- on the committing thread

  boolean reads(String foldedTable) {
    LiveSelect now = compiled;
    return now != null && now.bases().contains(foldedTable);
  }

  /** The difference that a commit makes, or null if it makes none. */
  @Nullable ZSet step(TransactionView transaction, PendingChanges pending) {
    LiveSelect now = compiled;
    if (!running || now == null) {
      return null;
    }
    if (transaction.schema().cookie() != now.cookie()) {
      startOver();
      return null;
    }
    if (!pending.touches(now.bases())) {
      return null;
    }
    long start = System.nanoTime();
    try {
      ZSet delta = difference(transaction, pending, now.circuit());
      nanos = System.nanoTime() - start;
      rows += delta.total();
      return delta.isEmpty() ? null : delta;
    } catch (DatabaseException | ArithmeticException | IllegalStateException e) {
      running = false;
      mailbox.fail(e);
      return null;
    }
  }

  private ZSet difference(
      TransactionView transaction, PendingChanges pending, @Nullable Circuit circuit) {
    if (circuit != null) {
      ZSet delta = circuit.step(transaction.store(), trace, pending.byTable(), false);
      rowsTouched = circuit.rowsTouched();
      return delta;
    }
    ZSet now = evaluate(transaction);
    ZSet delta = new ZSet();
    delta.addAll(now, 1);
    delta.addAll(content, -1);
    delta.consolidate();
    content = now;
    return delta;
  }

  private ZSet evaluate(TransactionView transaction) {
    statements++;
    ZSet all = new ZSet();
    RecordWriter writer = new RecordWriter();
    transaction.query(
        sql,
        parameters,
        values -> {
          writer.reset();
          for (Value each : values) {
            writer.add(each.tag(), each.bits(), each.ref());
          }
          writer.finish();
          byte[] record = writer.toByteArray();
          byte[] row = new byte[Circuit.IDENTITY + record.length];
          ByteBuffer.wrap(row).putLong(0).put(record);
          all.add(row, 1);
          return true;
        });
    all.consolidate();
    return all;
  }

  // ---- on the dispatcher

  void deliver(Position position, ZSet delta) {
    if (running) {
      mailbox.delta(position, delta);
    }
  }

  void passed(Position position) {
    mailbox.passed(position);
  }

  /** Whether rows of the result carry the identity of a source's row. */
  static boolean identified(LiveSelect select) {
    Circuit circuit = select.circuit();
    return circuit != null && circuit.hasIdentity();
  }

  // ---- for subscribers

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public List<String> columns() {
    LiveSelect now = compiled;
    return now == null ? List.of() : now.columns();
  }

  @Override
  public Position position() {
    return mailbox.position();
  }

  @Override
  public void await(Position position, long timeoutMillis)
      throws InterruptedException, TimeoutException {
    long start = System.nanoTime();
    if (!owner.host().changes().awaitDelivered(position, timeoutMillis)) {
      throw new TimeoutException("the stream has not reached " + position);
    }
    long left = timeoutMillis - (System.nanoTime() - start) / 1_000_000;
    if (!mailbox.awaitEmpty(left)) {
      throw new TimeoutException("the subscriber has not been told of " + position);
    }
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long rowsTouched() {
    return rowsTouched;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long statementsExecuted() {
    return statements;
  }

  @Override
  public void close() {
    running = false;
    owner.remove(this);
    mailbox.close();
  }
}
