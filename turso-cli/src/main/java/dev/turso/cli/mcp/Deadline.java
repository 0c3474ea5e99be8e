package dev.turso.cli.mcp;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Stops what runs too long. Thread-safe. */
final class Deadline implements AutoCloseable {

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("turso-mcp-deadline").unstarted(task));
  private final long millis;

  Deadline(long millis) {
    this.millis = millis;
  }

  /** One watched request. */
  interface Running extends AutoCloseable {
    @Override
    void close();
  }

  /** Runs an action when the time is over, unless what is returned was closed before. */
  Running watch(Runnable action) {
    Future<?> future = clock.schedule(action, millis, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
