package dev.turso.cdc.read;

import dev.turso.Database;
import dev.turso.Session;
import dev.turso.cdc.record.TableShape;
import dev.turso.error.BusyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads changes under a named cursor. While it owns the cursor's lease it gives batches; while another
 * reader owns it, it waits to take over.
 *
 * <p>The lease is renewed by {@link #poll} and by {@link #advance}: a consumer that works on a batch for
 * longer than the lease may lose the cursor, and its {@code advance} then throws, so that its transaction
 * is rolled back. To be used by one thread at a time; {@link #close} may be called by any, and waits for
 * a handler that is running.
 */
public final class ChangeReader implements AutoCloseable {

  /** How long to wait for the writer's turn at least. */
  private static final int BUSY_MILLIS = 5000;

  private final ChangeLog log;
  private final String name;
  private final ReaderOptions options;
  private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
  private final Session control;
  private final Session effects;
  private @Nullable LogScan scan;
  private @Nullable SnapshotScan snapshot;
  private boolean owned;
  private long fence;
  private long leaseUntil;
  private LogPosition given = LogPosition.START;
  private @Nullable LogPosition passed;
  private volatile boolean closed;

  ChangeReader(ChangeLog log, Database database, String name, ReaderOptions options) {
    this.log = log;
    this.name = name;
    this.options = options;
    this.control = database.connect();
    this.effects = database.connect();
    control.busyTimeout(Math.max(control.busyTimeout(), BUSY_MILLIS));
    effects.busyTimeout(Math.max(effects.busyTimeout(), BUSY_MILLIS));
    try {
      if (CursorStore.read(control, name) == null) {
        create();
      }
    } catch (BusyException e) {
      // Others write without a pause: the first poll makes the cursor.
      owned = false;
    }
  }

  /** Makes the cursor, unless another reader is faster. */
  private void create() {
    control.execute("BEGIN IMMEDIATE");
    try {
      if (CursorStore.read(control, name) == null) {
        create(System.currentTimeMillis());
      }
      control.execute("COMMIT");
    } finally {
      if (control.inTransaction()) {
        control.execute("ROLLBACK");
      }
    }
  }

  /** The cursor's name. */
  public String name() {
    return name;
  }

  /** Whether this reader has the cursor's lease, as far as it knows. */
  public boolean isOwner() {
    return owned;
  }

  /** What a table looks like now, as far as this reader has read the log; null if it does not know. */
  public synchronized @Nullable TableShape newestShape(String table) {
    LogScan changes = scan;
    return changes == null ? null : changes.schemas().newest(table);
  }

  /** After the last batch that was given. */
  public LogPosition position() {
    return given;
  }

  /**
   * The next batch that has changes for this reader.
   *
   * @param wait how long to wait for one
   * @return null if there was none in that time, or while another reader owns the cursor
   * @throws ChangeLogException if the cursor has failed: see {@link #restart}
   */
  public @Nullable ChangeBatch poll(Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      long seen = log.signalled();
      synchronized (this) {
        if (closed) {
          return null;
        }
        ChangeBatch batch = own() ? nextWithChanges() : null;
        if (batch != null) {
          given = batch.position();
          return batch;
        }
      }
      long left = Math.min(deadline - System.nanoTime(), options.lease().toNanos() / 3);
      if (deadline - System.nanoTime() <= 0) {
        return null;
      }
      log.awaitSignal(seen, Math.max(1, left / 1_000_000));
    }
  }

  private @Nullable ChangeBatch nextWithChanges() {
    SnapshotScan rows = snapshot;
    if (rows != null) {
      ChangeBatch batch = rows.next();
      if (batch != null) {
        return batch;
      }
      rows.close();
      snapshot = null;
      scan = log.scan(options, given);
    }
    LogScan changes = scan;
    if (changes == null) {
      throw new IllegalStateException("the reader is closed");
    }
    ChangeBatch batch = changes.next();
    while (batch != null && batch.changes().isEmpty() && !endsPieces(batch)) {
      passed = batch.position();
      batch = changes.next();
    }
    return batch;
  }

  /** Whether a batch without changes ends a transaction of which pieces were given. */
  private static boolean endsPieces(ChangeBatch batch) {
    return batch.last() && !batch.first();
  }

  // ---- the lease

  /** Takes or renews the lease where it is due; whether this reader has it. */
  private boolean own() {
    long now = System.currentTimeMillis();
    long lease = options.lease().toMillis();
    if (owned && leaseUntil - now > lease * 2 / 3) {
      return true;
    }
    try {
      if (owned && renew(now)) {
        return true;
      }
      return takeLease(now);
    } catch (BusyException e) {
      // A long transaction holds the writer's turn; a lease that has not run out is still ours.
      return owned && leaseUntil > System.currentTimeMillis();
    }
  }

  private boolean renew(long now) {
    long until = now + options.lease().toMillis();
    owned = CursorStore.renew(control, name, owner, fence, passed, until, now);
    if (owned) {
      leaseUntil = until;
      passed = null;
      failIfFailed(CursorStore.read(control, name));
    } else {
      endScans();
    }
    return owned;
  }

  private boolean takeLease(long now) {
    CursorStore.Stored present = CursorStore.read(control, name);
    if (present != null && present.owner() != null && present.leaseUntil() > now) {
      return false;
    }
    control.execute("BEGIN IMMEDIATE");
    try {
      present = CursorStore.read(control, name);
      if (present == null) {
        create(now);
        present = CursorStore.read(control, name);
      } else if (present.owner() != null && present.leaseUntil() > now) {
        control.execute("ROLLBACK");
        return false;
      }
      leaseUntil = now + options.lease().toMillis();
      fence = CursorStore.own(control, name, owner, leaseUntil, now);
      control.execute("COMMIT");
    } finally {
      if (control.inTransaction()) {
        control.execute("ROLLBACK");
      }
    }
    owned = true;
    failIfFailed(present);
    start();
    return true;
  }

  private void create(long now) {
    LogPosition newest = LogPositions.newest(control);
    switch (options.start()) {
      case BEGINNING ->
          CursorStore.insert(control, name, LogPositions.pruned(control), "active", now);
      case NOW -> CursorStore.insert(control, name, newest, "active", now);
      case SNAPSHOT -> CursorStore.insert(control, name, newest, "snapshot", now);
    }
  }

  private void failIfFailed(CursorStore.@Nullable Stored stored) {
    if (stored != null && stored.failed()) {
      endScans();
      throw new ChangeLogException(
          ChangeLogException.Reason.NOT_RETAINED,
          "cursor " + name + " has failed: " + stored.message());
    }
  }

  /** Goes on where the cursor is. */
  private void start() {
    endScans();
    passed = null;
    CursorStore.Stored stored = CursorStore.read(control, name);
    if (stored == null) {
      throw new IllegalStateException("the cursor " + name + " is gone");
    }
    given = stored.position();
    if (stored.inSnapshot()) {
      snapshot = log.snapshot(options);
    } else {
      scan = log.scan(options, given);
    }
  }

  private void endScans() {
    SnapshotScan rows = snapshot;
    LogScan changes = scan;
    snapshot = null;
    scan = null;
    if (rows != null) {
      rows.close();
    }
    if (changes != null) {
      changes.close();
    }
  }

  // ---- advancing

  /**
   * Advances the cursor past a batch in the transaction that a session has open. Once that transaction
   * commits, the batch does not come again.
   *
   * @throws ChangeLogException if another reader owns the cursor by now: roll back
   */
  public void advance(Session session, ChangeBatch batch) {
    long now = System.currentTimeMillis();
    long until = now + options.lease().toMillis();
    if (isMiddleOfSnapshot(batch)) {
      return;
    }
    if (!CursorStore.advance(session, name, owner, fence, batch.position(), until, now)) {
      throw lost();
    }
  }

  /** Advances the cursor in the transaction of a JDBC connection to the same database, likewise. */
  public void advance(Connection connection, ChangeBatch batch) throws SQLException {
    long now = System.currentTimeMillis();
    long until = now + options.lease().toMillis();
    if (isMiddleOfSnapshot(batch)) {
      return;
    }
    if (!CursorStore.advance(connection, name, owner, fence, batch.position(), until, now)) {
      throw lost();
    }
  }

  /** A snapshot is either taken whole or taken again. */
  private static boolean isMiddleOfSnapshot(ChangeBatch batch) {
    return batch.snapshot() && !batch.last();
  }

  private ChangeLogException lost() {
    owned = false;
    endScans();
    return new ChangeLogException(
        ChangeLogException.Reason.LEASE_LOST,
        "another reader owns the cursor " + name + " by now, or it has failed");
  }

  /** Goes back to where the cursor is: batches that were given and not advanced past come again. */
  public void rewind() {
    if (owned) {
      start();
    }
  }

  /**
   * Polls, and has a handler take the batch in a transaction that also advances the cursor.
   *
   * @return whether there was a batch
   */
  public boolean handle(Duration wait, ChangeHandler handler) throws Exception {
    ChangeBatch batch = poll(wait);
    if (batch == null) {
      return false;
    }
    synchronized (this) {
      if (closed) {
        return false;
      }
      take(batch, handler);
    }
    return true;
  }

  private void take(ChangeBatch batch, ChangeHandler handler) throws Exception {
    boolean done = false;
    try {
      effects.execute("BEGIN IMMEDIATE");
      handler.accept(batch, effects);
      advance(effects, batch);
      effects.execute("COMMIT");
      done = true;
    } finally {
      if (!done) {
        if (effects.inTransaction()) {
          effects.execute("ROLLBACK");
        }
        rewind();
      }
    }
  }

  /** Advances the cursor in a transaction of its own: for effects that are not in this database. */
  public void done(ChangeBatch batch) {
    advance(control, batch);
  }

  // ---- moving

  /**
   * Puts the cursor to a position, also if it has failed, and goes on from there.
   *
   * @throws ChangeLogException if the changes after that position are not all there
   */
  public void seek(LogPosition position) {
    requireOwned();
    LogPositions.check(control, position);
    move(position, "active");
  }

  /** Puts the cursor, also a failed one, to a place where a new one would begin. */
  public void restart(ReaderOptions.Start where) {
    requireOwned();
    switch (where) {
      case BEGINNING -> move(LogPositions.pruned(control), "active");
      case NOW -> move(LogPositions.newest(control), "active");
      case SNAPSHOT -> move(LogPositions.newest(control), "snapshot");
    }
  }

  private void requireOwned() {
    if (!owned) {
      try {
        own();
      } catch (ChangeLogException e) {
        if (e.reason() != ChangeLogException.Reason.NOT_RETAINED) {
          throw e;
        }
      }
    }
    if (!owned) {
      throw lost();
    }
  }

  private void move(LogPosition to, String state) {
    if (!CursorStore.move(control, name, owner, fence, to, state)) {
      throw lost();
    }
    start();
  }

  /** Gives the lease up. The cursor stays. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    log.signal();
    try {
      if (owned && !control.isClosed()) {
        CursorStore.release(control, name, owner, fence);
      }
    } catch (BusyException e) {
      // The lease runs out by itself.
      owned = false;
    } finally {
      endScans();
      effects.close();
      control.close();
      owned = false;
      log.closed(this);
    }
  }
}
