package dev.turso.pager;

import dev.turso.error.BusyException;
import dev.turso.error.DatabaseException;
import dev.turso.wal.CheckpointResult;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Copies a log back when commits have made it long, off their threads.
 *
 * <pre>
 *   frames in the log   0 ───────── limit ────────────────────── 16 x limit ─────►
 *                         nothing     one run in the background    the next writer helps
 * </pre>
 *
 * <p>A run that ends while nobody has written leaves a drained log, which the next commit begins anew.
 * One that commits overtake is repeated while it catches up. Where it never does, the log would grow
 * without end: so past a multiple of the limit the next writer, whose turn keeps all others of this
 * JVM from appending, copies the rest before it begins. That is the one pause that writers meet, some
 * ten milliseconds whatever the multiple: the larger it is the rarer they are.
 *
 * <p>A failure is no failure of the commit before it, which is in the log. It is logged, once until a
 * run succeeds, and kept; the next run, an explicit checkpoint and closing the database all try again,
 * and the latter two throw.
 *
 * <p>Thread-safe. Lock order: whoever calls may hold the turn to write and the monitor of the database
 * but not that of the storage, which a run needs.
 */
final class Checkpointer {

  /** How often as long as asked for the log may be before writers help. */
  private static final int BACKLOG = 16;

  /** A log that is to be shorter than this is not worth a thread. */
  private static final int WORTH_A_THREAD = 100;

  /** After a run that readers kept from finishing, wait for so many frames to try again. */
  private static final int RETRY_FRAMES = 250;

  /** How often a run is repeated because commits have overtaken it. */
  private static final int REPEATS = 3;

  /** It is repeated while that leaves it a part of the frames that the run before it copied. */
  private static final int CONVERGENCE = 4;

  private final WalStorage storage;
  private final DatabaseFile database;
  private final Executor background;
  private boolean asked;
  private boolean running;
  private int suspended;

  /** The run of the log that the frames are of. */
  private long logRun;

  /** At how many frames the next run, and the next help, are due; 0 = at the limit. */
  private int nextRun;

  private int nextHelp;

  /** How many frames of the log are in the file, as far as is known here. */
  private int copied;

  private volatile @Nullable RuntimeException failure;

  Checkpointer(WalStorage storage, DatabaseFile database) {
    this.storage = storage;
    this.database = database;
    this.background = database.files().background("turso checkpoint of " + database.path());
  }

  /** Why the last run failed, if it did. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /** After a commit that left the log at a stamp, with no locks held. */
  void committed(long stamp, Synchronous synchronous) {
    int limit = database.autoCheckpoint();
    if (limit <= 0 || frames(stamp) < limit) {
      return;
    }
    synchronized (this) {
      look(stamp);
      if (asked || running || suspended > 0 || frames(stamp) < nextRun) {
        return;
      }
      asked = true;
      storage.makeWay();
    }
    if (limit < WORTH_A_THREAD) {
      run(synchronous);
    } else {
      background.execute(() -> run(synchronous));
    }
  }

  /** Before a writer begins, whose turn it is, with the log at a stamp. */
  void help(long stamp, Synchronous synchronous) {
    int limit = database.autoCheckpoint();
    if (limit <= 0 || frames(stamp) < (long) BACKLOG * limit) {
      return;
    }
    synchronized (this) {
      look(stamp);
      if (suspended > 0 || frames(stamp) < nextHelp) {
        return;
      }
    }
    suspend();
    try {
      storage.awaitPublished();
      copyAll(synchronous);
      synchronized (this) {
        nextHelp = frames(storage.publishedStamp()) + limit;
      }
    } finally {
      resume();
    }
  }

  /**
   * Nobody appends meanwhile, so what is left over is what readers kept from being copied: their marks
   * are new by the time that the first part is in the file. Copied whole, the log begins anew.
   */
  private void copyAll(Synchronous synchronous) {
    storage.makeWay();
    try {
      CheckpointResult result = attempt(synchronous);
      if (result != null && result.checkpointedFrames() < result.logFrames()) {
        attempt(synchronous);
      }
    } finally {
      storage.makeNoWay();
    }
  }

  private static int frames(long stamp) {
    return (int) stamp;
  }

  /** A log that has begun anew owes nothing. */
  private void look(long stamp) {
    long run = stamp >>> WalStorage.RUN_SHIFT;
    if (run != logRun) {
      logRun = run;
      nextRun = 0;
      nextHelp = 0;
      copied = 0;
    }
  }

  /** Waits for a run that has begun to end, and lets none begin before {@link #resume}. */
  synchronized void suspend() {
    suspended++;
    boolean interrupted = false;
    while (running) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void resume() {
    suspended--;
  }

  /** A run that was asked for and finds that it may not begin is asked for again by a later commit. */
  private void run(Synchronous synchronous) {
    synchronized (this) {
      asked = false;
      if (suspended > 0) {
        storage.makeNoWay();
        return;
      }
      running = true;
    }
    try {
      int before = copied;
      CheckpointResult result = attempt(synchronous);
      for (int i = 0; i < REPEATS && result != null && catchesUp(result, before); i++) {
        before = copied;
        storage.makeWay();
        result = attempt(synchronous);
      }
    } finally {
      synchronized (this) {
        running = false;
        storage.makeNoWay();
        notifyAll();
      }
    }
  }

  /** Copies what can be copied. Null if it failed, or somebody else is at it. */
  private @Nullable CheckpointResult attempt(Synchronous synchronous) {
    try {
      CheckpointResult result = storage.copyBack(synchronous);
      failure = null;
      plan(result);
      return result;
    } catch (BusyException e) {
      plan(null);
      return null;
    } catch (DatabaseException e) {
      plan(null);
      if (failure == null) {
        System.getLogger(Checkpointer.class.getName())
            .log(Level.WARNING, "the log of " + database.path() + " could not be copied back", e);
      }
      failure = e;
      return null;
    }
  }

  /** When to run again if the log does not begin anew meanwhile. */
  private synchronized void plan(@Nullable CheckpointResult result) {
    boolean whole = result != null && result.checkpointedFrames() == result.logFrames();
    int from = result == null ? frames(storage.publishedStamp()) : result.logFrames();
    nextRun = from + (whole ? database.autoCheckpoint() : RETRY_FRAMES);
    copied = result == null ? copied : result.checkpointedFrames();
  }

  /**
   * Whether commits have overtaken a run, and by so little that repeating it comes to an end: each
   * time two syncs are to be paid.
   */
  private boolean catchesUp(CheckpointResult result, int before) {
    int missing = frames(storage.publishedStamp()) - result.logFrames();
    return result.checkpointedFrames() == result.logFrames()
        && missing > 0
        && missing <= (result.logFrames() - before) / CONVERGENCE;
  }
}
