package dev.turso.dbsp.subscribe;

import dev.turso.change.ChangeSet;
import dev.turso.change.CommittedChanges;
import dev.turso.change.Position;
import dev.turso.change.SnapshotReader;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.circuit.Circuit;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.operator.FixedColumn;
import dev.turso.dbsp.trace.MemoryTrace;
import dev.turso.dbsp.view.PendingChanges;
import dev.turso.dbsp.view.SideTables;
import dev.turso.error.DatabaseException;
import dev.turso.error.SqlException;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One live query: its circuit with state in memory, and its subscriber's mailbox.
 *
 * <pre>
 *   catching up ──► running ──► closed
 *      ▲               │
 *      └── stopped ◄───┘ the schema changed, a commit failed, another process committed, …
 * </pre>
 *
 * <p>Catching up does not wait for writers. First the query says which tables it reads. Then it takes a
 * snapshot between two commits, and from that moment on keeps what commits change; it fills its circuit
 * from the snapshot. Then it takes another snapshot and steps over what was kept, until nothing was: from
 * there on it runs in the commits themselves.
 *
 * <p>Circuit and state belong, while it runs, to whoever holds the database's write lock, or to the
 * dispatcher where the query {@linkplain LiveSelect#readsChangesOnly reads changes only}; and while it
 * catches up to the thread that does that, with a state of its own. The turn changes hands only while no
 * commit is under way.
 */
final class RunningQuery implements LiveQuery {

  /** Rounds after which the next commit takes over what is still kept. */
  private static final int ROUNDS = 8;

  /** Bytes of changes kept while catching up, past which the next commit takes over. */
  private static final long KEPT = 64L << 20;

  private enum State {
    CATCHING_UP,
    RUNNING,
    STOPPED,
    CLOSED
  }

  private final AttachedLiveQueries owner;
  private final LiveSelects.Text text;
  private final List<Value> parameters;
  private final Mailbox mailbox;

  /** The position that the listener knows the result of, until the first message is made. */
  private @Nullable Position known;

  private volatile @Nullable LiveSelect compiled;

  /** Whether this counts among the users of what is compiled. Under the monitor. */
  private boolean holds;

  private boolean ended;

  /** Where rows that mean something to this query are known by a value, by table. */
  private Map<String, FixedColumn> fixed = Map.of();

  /** The number of the commit that last asked this query. Belongs to the routes. */
  long askedIn;

  /** Changed under the monitor, read anywhere. */
  private volatile State state = State.STOPPED;

  /** Counts the times that this query began anew: what came from an older time is not told. */
  private volatile long generation;

  /** Whether a snapshot is taken whose later commits are kept. Under the monitor. */
  private boolean joined;

  /** What commits have changed since the last snapshot. Under the monitor. */
  private final List<ChangeSet> kept = new ArrayList<>();

  private long keptBytes;

  /** How many commits of other processes had been found when the snapshot was taken. */
  private long foreignSeen;

  /** How many times interest had changed when the tables of this query were recorded for sure. */
  private volatile long interest;

  /** The state of the circuit. */
  private MemoryTrace trace = new MemoryTrace();

  /** The whole result, kept only where there is no circuit. */
  private @Nullable ZSet content;

  private long rows;
  private long rowsTouched;

  /** Written after the two above, and read before them. */
  private volatile long nanos;

  private volatile long statements;

  RunningQuery(
      AttachedLiveQueries owner,
      LiveSelects.Text text,
      List<Value> parameters,
      @Nullable Position known,
      LiveQueryListener listener) {
    this.owner = owner;
    this.text = text;
    this.parameters = parameters;
    this.known = known;
    this.mailbox = new Mailbox(this, listener);
  }

  // ---- catching up

  /** Computes the snapshot and takes part in every later commit. */
  void start() {
    try (SnapshotReader reader = owner.host().reader()) {
      while (!isClosed() && !start(reader)) {
        // Something changed that this query had been compiled for.
      }
    }
  }

  /** False if it has to begin anew. */
  private boolean start(SnapshotReader reader) {
    if (compiled == null) {
      reader.read(position -> {}, this::compile);
    }
    owner.add(this);
    if (!begin()) {
      return true;
    }
    Position[] at = {Position.START};
    reader.read(
        position -> {
          at[0] = position;
          join();
        },
        transaction -> fill(transaction, at[0]));
    for (int round = 1; state == State.CATCHING_UP; round++) {
      if (catchUp(reader, round >= ROUNDS)) {
        return true;
      }
    }
    return isClosed();
  }

  private synchronized boolean begin() {
    if (state == State.CLOSED) {
      return false;
    }
    state = State.CATCHING_UP;
    generation++;
    joined = false;
    forget();
    return true;
  }

  private synchronized void join() {
    joined = true;
    foreignSeen = owner.host().foreignCommits();
    forget();
  }

  private void forget() {
    kept.clear();
    keptBytes = 0;
  }

  private void compile(TransactionView transaction) {
    LiveSelect now = owner.selects().compile(text, parameters, transaction);
    LiveSelect before = hold(now);
    if (before != null && !before.columns().equals(now.columns())) {
      throw new SqlException("the columns of the live query changed with the schema: " + text.sql);
    }
  }

  /** Runs another select from now on; the one before. */
  private synchronized @Nullable LiveSelect hold(LiveSelect now) {
    LiveSelect before = compiled;
    release();
    compiled = now;
    holds = true;
    if (state == State.CLOSED) {
      release();
    }
    return before;
  }

  private synchronized void release() {
    LiveSelect before = compiled;
    if (holds && before != null) {
      owner.selects().release(text, before);
    }
    holds = false;
  }

  private void fill(TransactionView transaction, Position at) {
    if (state != State.CATCHING_UP) {
      return;
    }
    LiveSelect announced = compiled;
    compile(transaction);
    LiveSelect now = compiled;
    if (now == null || announced == null || !announced.bases().containsAll(now.bases())) {
      startOver();
      return;
    }
    trace = new MemoryTrace();
    long start = System.nanoTime();
    ZSet all;
    if (now.incremental()) {
      Circuit circuit = now.borrow();
      circuit.setParameters(parameters);
      all = circuit.step(transaction.store(), trace, Map.of(), true);
      rowsTouched = circuit.rowsTouched();
      now.giveBack(circuit);
    } else {
      all = evaluate(transaction);
      content = all;
    }
    fixed = now.fixed(parameters);
    statements++;
    rows = all.total();
    nanos = System.nanoTime() - start;
    ZSet since = sinceKnown(transaction, now, at);
    if (since == null) {
      mailbox.snapshot(at, all, now);
    } else {
      mailbox.resumed(at, since, now);
    }
  }

  /** What has changed since the position that the listener knows; null if that is not known. */
  private @Nullable ZSet sinceKnown(TransactionView transaction, LiveSelect select, Position at) {
    Position from = known;
    known = null;
    if (from == null || !select.stateless() || !select.shareable()) {
      return null;
    }
    List<CommittedChanges> commits = owner.between(from, at, select, interest);
    return commits == null ? null : select.difference(transaction.store(), parameters, commits);
  }

  /** Steps over what was kept; true if the query runs from here on: nothing was, or it must. */
  private boolean catchUp(SnapshotReader reader, boolean last) {
    List<ChangeSet> passed = new ArrayList<>();
    boolean[] runs = {false};
    Position[] at = {Position.START};
    reader.read(
        position -> {
          at[0] = position;
          runs[0] = take(passed, last);
        },
        transaction -> {
          if (!passed.isEmpty()) {
            PendingChanges pending = new PendingChanges(SideTables.encoding(transaction.store()));
            passed.forEach(pending::addAll);
            ZSet delta = differenceOf(transaction, pending.byTable(), false);
            if (delta != null) {
              mailbox.delta(at[0], delta);
            }
          }
        });
    if (runs[0]) {
      mailbox.passed(at[0]);
    }
    return runs[0];
  }

  private synchronized boolean take(List<ChangeSet> into, boolean last) {
    if (state != State.CATCHING_UP) {
      return false;
    }
    if (owner.host().foreignCommits() != foreignSeen) {
      // What another process wrote is not among the changes.
      startOver();
      return false;
    }
    if (kept.isEmpty() || last || keptBytes > KEPT) {
      state = State.RUNNING;
      LiveSelect now = compiled;
      if (kept.isEmpty() && now != null) {
        route(now);
      }
      return true;
    }
    into.addAll(kept);
    forget();
    return false;
  }

  private void route(LiveSelect select) {
    owner.route(this, select, fixed);
    fixed = Map.of();
  }

  /** Leaves the stream; the mailbox's thread begins again with a fresh snapshot. */
  synchronized void startOver() {
    boolean ran = state == State.RUNNING;
    if (!ran && state != State.CATCHING_UP) {
      return;
    }
    state = State.STOPPED;
    generation++;
    if (ran) {
      mailbox.startOver();
    }
  }

  // ---- on the committing thread

  /** Says since when the tables of this query are recorded. */
  void recordedSince(long interestThen) {
    interest = interestThen;
  }

  Set<String> bases() {
    LiveSelect now = compiled;
    return now == null ? Set.of() : now.bases();
  }

  /**
   * What a commit means to this query; null if that is nothing.
   *
   * @param byTable the part of {@code pending} that means something to this query
   */
  @Nullable LiveOutcome step(
      TransactionView transaction,
      ChangeSet changes,
      PendingChanges pending,
      Map<Long, TableChanges> byTable) {
    long since = generation;
    LiveSelect now = isFor(transaction, changes);
    if (now == null || !pending.touches(now.bases())) {
      return null;
    }
    Map<Long, TableChanges> all = byTable;
    // What is kept changes outside commits only while a query is catching up.
    if (state != State.RUNNING || !kept.isEmpty()) {
      synchronized (this) {
        if (state == State.CATCHING_UP) {
          keep(changes);
          return null;
        }
        if (state != State.RUNNING) {
          return null;
        }
        PendingChanges both = new PendingChanges(SideTables.encoding(transaction.store()));
        kept.forEach(both::addAll);
        both.addAll(changes);
        all = both.byTable();
        forget();
        route(now);
      }
    }
    if (now.readsChangesOnly()) {
      return new LiveOutcome.Later(this, since, now, trace, all);
    }
    ZSet delta = differenceOf(transaction, all, true);
    return delta == null ? null : new LiveOutcome.Known(this, since, delta);
  }

  /** What a commit is to run, if this query takes part and was compiled for it; or it begins anew. */
  @Nullable LiveSelect isFor(TransactionView transaction, ChangeSet changes) {
    LiveSelect now = compiled;
    if (now == null || state != State.RUNNING && !takesPart()) {
      return null;
    }
    if (transaction.schema().cookie() != now.cookie()
        || changes.interest() < interest
        || !now.viewsAreCurrent(transaction)) {
      startOver();
      return null;
    }
    return now;
  }

  private synchronized boolean takesPart() {
    return state == State.RUNNING || state == State.CATCHING_UP && joined;
  }

  private void keep(ChangeSet changes) {
    kept.add(changes);
    keptBytes += changes.mark();
  }

  /** A commit failed whose changes may have been kept. */
  synchronized void forget(ChangeSet failed) {
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (kept.get(i) == failed) {
        kept.remove(i);
      }
    }
  }

  /** The difference that changes make, or null if the query cannot be computed any more. */
  private @Nullable ZSet differenceOf(
      TransactionView transaction, Map<Long, TableChanges> changes, boolean committing) {
    LiveSelect now = compiled;
    if (now == null) {
      return null;
    }
    long start = System.nanoTime();
    try {
      ZSet delta = difference(transaction, now, changes, committing);
      rows += delta.total();
      nanos = System.nanoTime() - start;
      return delta;
    } catch (DatabaseException | ArithmeticException | IllegalStateException e) {
      fail(e, generation);
      return null;
    }
  }

  /** The query of a generation cannot be computed any more. */
  private void fail(RuntimeException e, long ofGeneration) {
    synchronized (this) {
      if (state == State.CLOSED || generation != ofGeneration) {
        return;
      }
      state = State.CLOSED;
      generation++;
    }
    mailbox.fail(e);
  }

  private ZSet difference(
      TransactionView transaction,
      LiveSelect select,
      Map<Long, TableChanges> changes,
      boolean committing) {
    if (!select.incremental()) {
      return evaluatedDifference(transaction);
    }
    if (committing) {
      ZSet delta = select.step(transaction.store(), parameters, trace, changes);
      rowsTouched = select.rowsTouched();
      return delta;
    }
    Circuit circuit = select.borrow();
    circuit.setParameters(parameters);
    ZSet delta = circuit.step(transaction.store(), trace, changes, false);
    rowsTouched = circuit.rowsTouched();
    select.giveBack(circuit);
    return delta;
  }

  private ZSet evaluatedDifference(TransactionView transaction) {
    ZSet now = evaluate(transaction);
    ZSet delta = new ZSet();
    delta.addAll(now, 1);
    ZSet before = content;
    if (before != null) {
      delta.addAll(before, -1);
    }
    delta.consolidate();
    content = now;
    return delta;
  }

  private ZSet evaluate(TransactionView transaction) {
    statements++;
    return LiveSelect.evaluate(transaction, text.sql, parameters);
  }

  // ---- on the dispatcher

  void deliver(Position position, LiveOutcome outcome) {
    if (outcome.generation() != generation) {
      return;
    }
    ZSet delta =
        switch (outcome) {
          case LiveOutcome.Known known -> known.delta();
          case LiveOutcome.Later later -> later.delta();
        };
    if (delta != null && !delta.isEmpty() && outcome.generation() == generation) {
      mailbox.delta(position, delta);
    }
  }

  /** Makes a step over changes alone; null if it means nothing any more. */
  @Nullable ZSet computed(LiveOutcome.Later step) {
    if (step.generation() != generation) {
      return null;
    }
    long start = System.nanoTime();
    try {
      Circuit circuit = step.select.borrow();
      circuit.setParameters(parameters);
      ZSet delta = circuit.stepAlone(step.trace, step.changes);
      step.select.giveBack(circuit);
      synchronized (this) {
        if (step.generation() != generation) {
          return null;
        }
        rows += delta.total();
        rowsTouched = circuit.rowsTouched();
        nanos = System.nanoTime() - start;
      }
      return delta;
    } catch (DatabaseException | ArithmeticException | IllegalStateException e) {
      fail(e, step.generation());
      return null;
    }
  }

  // ---- for subscribers

  @Override
  public String sql() {
    return text.sql;
  }

  @Override
  public List<String> columns() {
    LiveSelect now = compiled;
    return now == null ? List.of() : now.columns();
  }

  @Override
  public Position position() {
    // Read before the mailbox: whatever commits up to there changed is in it or told.
    Position passed = owner.passed();
    if (state == State.RUNNING) {
      mailbox.passed(passed);
    }
    return mailbox.position();
  }

  @Override
  public void await(Position position, long timeoutMillis)
      throws InterruptedException, TimeoutException {
    long start = System.nanoTime();
    if (!position.equals(Position.START)
        && !owner.host().changes().awaitDelivered(position, timeoutMillis)) {
      throw new TimeoutException("the stream has not reached " + position);
    }
    long left = timeoutMillis - (System.nanoTime() - start) / 1_000_000;
    if (!mailbox.awaitEmpty(left)) {
      throw new TimeoutException("the subscriber has not been told of " + position);
    }
  }

  @Override
  public long rows() {
    return nanos < 0 ? 0 : rows;
  }

  @Override
  public long rowsTouched() {
    return nanos < 0 ? 0 : rowsTouched;
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
    synchronized (this) {
      state = State.CLOSED;
      generation++;
      forget();
      release();
      if (!ended) {
        ended = true;
        owner.selects().close(text);
      }
    }
    owner.remove(this);
    mailbox.close();
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }
}
