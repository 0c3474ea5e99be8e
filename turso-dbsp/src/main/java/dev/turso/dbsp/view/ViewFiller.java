package dev.turso.dbsp.view;

import dev.turso.change.ExtensionHost;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.view.ViewDefinition.Status;
import dev.turso.error.BusyException;
import dev.turso.error.DatabaseException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fills views in slices, each a transaction of its own, while writers go on.
 *
 * <p>A slice is rows of one table that come into existence for the view's circuit, in the order of their
 * rowids; changes of rows that are in already are followed as ever. How far it has come is in the view's
 * state, so that after a crash it goes on from there. A thread runs while there is something to fill.
 */
final class ViewFiller {

  private static final int LEAST = 64;
  private static final int MOST = 16_384;

  /** A slice may hold the writer's turn about so long. */
  private static final long HOLD_NANOS = 4_000_000;

  private static final long PAUSE_MILLIS = 20;
  private static final long END_MILLIS = 5_000;

  private final AttachedViews views;
  private final ExtensionHost host;
  private int most = 512;
  private boolean wanted;
  private boolean closed;
  private @Nullable Thread thread;

  ViewFiller(AttachedViews views, ExtensionHost host) {
    this.views = views;
    this.host = host;
  }

  /** There may be something to fill. */
  synchronized void wake() {
    wanted = true;
    if (thread == null && !closed) {
      thread = Thread.ofVirtual().name("turso-fill").start(this::run);
    }
  }

  void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    if (running != null && running != Thread.currentThread()) {
      try {
        running.join(END_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized boolean goesOn() {
    if (wanted && !closed) {
      wanted = false;
      return true;
    }
    thread = null;
    return false;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void run() {
    while (goesOn()) {
      try {
        while (!isClosed() && fill()) {
          Thread.yield();
        }
      } catch (BusyException e) {
        pause();
        wake();
      } catch (DatabaseException e) {
        // The file cannot be written now: the next refresh or the next opening goes on.
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One slice; false if there is nothing to fill. */
  private boolean fill() throws InterruptedException {
    boolean[] more = {false};
    host.inTransaction(transaction -> {
      long start = System.nanoTime();
      more[0] = slice(transaction);
      adapt(System.nanoTime() - start);
    });
    return more[0];
  }

  private boolean slice(TransactionView transaction) {
    for (ViewDefinition each : views.definitions(transaction)) {
      if (each.status() == Status.FILLING) {
        views.fillSlice(transaction, each.id(), most);
        return true;
      }
    }
    return false;
  }

  private void adapt(long nanos) {
    if (nanos > HOLD_NANOS) {
      most = Math.max(LEAST, most / 2);
    } else if (nanos < HOLD_NANOS / 4) {
      most = Math.min(MOST, most * 2);
    }
  }
}
