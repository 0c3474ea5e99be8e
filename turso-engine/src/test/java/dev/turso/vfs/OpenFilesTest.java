package dev.turso.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.error.IoException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gate to the files of this JVM, as threads meet at it. */
@Timeout(120)
class OpenFilesTest {

  @Test
  void aFileThatIsOpenIsNotOpenedAgain() throws Exception {
    OpenFiles.enter("gate-1", "a.db");
    assertThatThrownBy(() -> OpenFiles.enter("gate-1", "a.db"))
        .isInstanceOf(IoException.class)
        .hasMessageContaining("already open in this JVM");
    OpenFiles.leave("gate-1", () -> {});
    OpenFiles.enter("gate-1", "a.db");
    OpenFiles.leave("gate-1");
  }

  @Test
  void whoeverEntersWhileADescriptorIsClosedFindsItClosed() throws Exception {
    OpenFiles.enter("gate-2", "old.db");
    AtomicReference<Boolean> closed = new AtomicReference<>(false);
    AtomicReference<Boolean> seen = new AtomicReference<>();
    AtomicReference<RuntimeException> refused = new AtomicReference<>();
    Thread newcomer =
        new Thread(() -> {
          try {
            OpenFiles.enter("gate-2", "new.db");
            seen.set(closed.get());
          } catch (RuntimeException e) {
            refused.set(e);
          }
        });
    OpenFiles.leave(
        "gate-2",
        () -> {
          newcomer.start();
          while (newcomer.getState() != Thread.State.BLOCKED && newcomer.isAlive()) {
            Thread.onSpinWait();
          }
          closed.set(true);
        });
    newcomer.join();
    OpenFiles.leave("gate-2");

    assertThat(refused.get()).isNull();
    assertThat(seen.get()).isTrue();
  }

  /** Each is deleted while open, so that its number goes to another thread's file at once. */
  @Test
  void numbersOfDeletedFilesGoRoundWithoutAnybodyBeingRefused() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(() -> {
              for (int round = 0; round < 250; round++) {
                DiskFileSystem.instance().openTemporary().close();
              }
            }));
      }
      for (Future<?> each : running) {
        each.get(100, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
