package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs what must not meet an interrupt on a thread that nobody else knows. For rare operations: a
 * thread that has nothing to do for a second ends.
 */
final class OwnThread {

  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> Thread.ofPlatform().daemon().name("turso files").unstarted(task));

  private OwnThread() {}

  static <T> T run(String what, Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    THREADS.execute(future);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IoException(ResultCode.IOERR, "disk I/O error: " + what, e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
