package dev.turso.jdbc;

import dev.turso.Session;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts a session's statement when its time is over. */
final class Deadline {

  /** Holds the timer thread, which starts with the first time limit that anybody sets. */
  private static final class Timer {
    static final ScheduledExecutorService SERVICE =
        Executors.newSingleThreadScheduledExecutor(task -> {
          Thread thread = new Thread(task, "turso-statement-timer");
          thread.setDaemon(true);
          return thread;
        });
  }

  private final ScheduledFuture<?> pending;

  private Deadline(ScheduledFuture<?> pending) {
    this.pending = pending;
  }

  static Deadline after(long millis, Session session) {
    return new Deadline(Timer.SERVICE.schedule(session::interrupt, millis, TimeUnit.MILLISECONDS));
  }

  void cancel() {
    pending.cancel(false);
  }
}
