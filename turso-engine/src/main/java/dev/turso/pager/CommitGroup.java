package dev.turso.pager;

import dev.turso.wal.WalState;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The commits of this JVM that are appended to the log and not yet published: one sync makes all of
 * them durable, and one header shows them.
 *
 * <p>While the group is not idle the process holds the write lock of the log: its users are the
 * connection that writes and the commits that wait. A group that has grown large or old lets nobody
 * in until it is idle, so that other processes get their turn.
 *
 * <p>Writers whose commits were made durable together come back together. Who would sync at once syncs
 * for those that came while the last sync ran, and the others find it syncing: each sync is for half
 * of the writers. So the one who leads waits for as many commits as were in the last sync or behind
 * it, at most half as long as syncs take of late. Who is alone waits for nobody.
 *
 * <p>Guarded by the monitor of the storage. Who waits for its commit is parked and woken by itself;
 * who waits for the group waits on the monitor.
 */
final class CommitGroup {

  private static final int MAX_COMMITS = 64;
  private static final long MAX_AGE_NANOS = 10_000_000L;

  /** To wait for less takes longer than that. */
  private static final long LEAST_WAIT_NANOS = 40_000L;

  private static final long LONGEST_WAIT_NANOS = 2_000_000L;

  /** One commit. */
  static final class Commit {
    /** The state of the log with it. */
    final WalState state;

    private volatile boolean done;
    private boolean failed;

    /** Who waits for it, once somebody does. */
    private @Nullable Thread waiter;

    Commit(WalState state) {
      this.state = state;
    }

    /** Whether it was lost with its group. */
    boolean hasFailed() {
      return failed;
    }
  }

  private final ArrayDeque<Commit> unpublished = new ArrayDeque<>();
  private int users;
  private int entered;
  private long since;
  private boolean syncing;
  private int failures;

  /** How many commits the last sync was for, with those that were appended by its end. */
  private int expected = 1;

  /** How long syncs take: new ones count an eighth. */
  private long syncNanos;

  private long syncStarted;

  /** Who is about to sync and waits for others to append. */
  private @Nullable Thread gathering;

  boolean isIdle() {
    return users == 0;
  }

  /** Waits while the group is closed to newcomers. */
  void awaitRoom(Object monitor) {
    boolean interrupted = false;
    while (users > 0 && isClosed()) {
      LockSupport.unpark(gathering);
      interrupted |= await(monitor);
    }
    restore(interrupted);
  }

  private boolean isClosed() {
    return entered >= MAX_COMMITS || System.nanoTime() - since > MAX_AGE_NANOS;
  }

  /** Waits until all that are in have left. */
  void awaitIdle(Object monitor) {
    boolean interrupted = false;
    while (users > 0) {
      interrupted |= await(monitor);
    }
    restore(interrupted);
  }

  /** Nobody enters before all that are in have left. */
  void refuseNewcomers() {
    entered = MAX_COMMITS;
  }

  /** A connection begins to write. */
  void enter() {
    if (users == 0) {
      entered = 0;
      since = System.nanoTime();
    }
    users++;
    entered++;
  }

  /** Users leave; true if those were the last. */
  boolean leave(int leaving) {
    users -= leaving;
    return users == 0 && leaving > 0;
  }

  /** The newest appended state, null if all that was appended is published. */
  @Nullable WalState tail() {
    Commit last = unpublished.peekLast();
    return last == null ? null : last.state;
  }

  void append(Commit commit) {
    unpublished.add(commit);
    users++;
    if (unpublished.size() >= expected) {
      LockSupport.unpark(gathering);
    }
  }

  /**
   * Waits until a commit is done, which is null, or has to be synced by the caller up to the state that
   * is returned. Called without the monitor: only those whose turn has come are woken.
   */
  @Nullable WalState awaitLead(Object monitor, Commit mine) {
    boolean interrupted = false;
    boolean leads = false;
    while (!mine.done) {
      synchronized (monitor) {
        if (!mine.done && !syncing) {
          syncing = true;
          leads = true;
          break;
        }
        mine.waiter = Thread.currentThread();
      }
      if (!mine.done) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    WalState target = leads ? gather(monitor) : null;
    restore(interrupted);
    return target;
  }

  /**
   * Waits for those who are expected to append. Returns the state to sync up to.
   *
   * <p>One more commit is worth what a sync takes for each that is there already: when none has come
   * for so long, none is waited for.
   */
  private WalState gather(Object monitor) {
    long now = System.nanoTime();
    boolean interrupted = false;
    int seen = 0;
    long last = now;
    long patience = now;
    while (true) {
      synchronized (monitor) {
        int size = unpublished.size();
        if (seen == 0) {
          last = now + Math.min(syncNanos / 2, LONGEST_WAIT_NANOS);
        }
        if (size > seen) {
          seen = size;
          patience = Math.min(last, now + syncNanos / size);
        }
        if (size >= expected || patience - now < LEAST_WAIT_NANOS || isClosed()) {
          gathering = null;
          syncStarted = now;
          restore(interrupted);
          return unpublished.getLast().state;
        }
        gathering = Thread.currentThread();
      }
      LockSupport.parkNanos(this, patience - now);
      interrupted |= Thread.interrupted();
      now = System.nanoTime();
    }
  }

  /** Everything up to a state is durable and published. Returns how many users that were. */
  int published(WalState target) {
    syncing = false;
    int count = 0;
    Commit commit;
    do {
      commit = unpublished.remove();
      finish(commit);
      count++;
    } while (commit.state != target);
    expected = count + unpublished.size();
    syncNanos += (System.nanoTime() - syncStarted - syncNanos) / 8;
    wakeNextLeader();
    return count;
  }

  private static void finish(Commit commit) {
    commit.done = true;
    LockSupport.unpark(commit.waiter);
  }

  /** Who does not wait yet will find that nobody syncs. */
  private void wakeNextLeader() {
    for (Commit each : unpublished) {
      if (each.waiter != null) {
        LockSupport.unpark(each.waiter);
        return;
      }
    }
  }

  /** The sync failed, and with it every commit of the group. Returns how many users that were. */
  int failed() {
    syncing = false;
    failures++;
    int count = unpublished.size();
    for (Commit each : unpublished) {
      each.failed = true;
      finish(each);
    }
    unpublished.clear();
    return count;
  }

  /** How many groups have failed: who began to write before the last failure has no ground. */
  int failures() {
    return failures;
  }

  private static boolean await(Object monitor) {
    try {
      monitor.wait();
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
