package dev.turso.exec.write;

import org.jspecify.annotations.Nullable;

/**
 * Runs work on a fresh stack: what recurses as deep as SQLite allows needs more than one thread's.
 * The caller waits, so that it is still one thread at a time.
 */
final class DeepCall {

  private static final long STACK_BYTES = 16L << 20;

  private DeepCall() {}

  static void run(Runnable work) {
    @Nullable Throwable[] failure = new @Nullable Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                failure[0] = e;
              }
            },
            "turso-deep-call",
            STACK_BYTES);
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow(failure[0]);
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
