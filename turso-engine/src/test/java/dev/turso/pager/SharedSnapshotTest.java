package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.vfs.DiskFileSystem;
import dev.turso.wal.CheckpointMode;
import dev.turso.wal.CheckpointResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that enter a commit which others have found, while commits and checkpoints go on. */
class SharedSnapshotTest {

  private static final int PAGES = 90;

  @TempDir Path directory;

  private Pager open() {
    PagerOptions small = PagerOptions.DEFAULT.withCacheBytes(64 * 4096);
    return Pager.open(DiskFileSystem.instance(), directory.resolve("db").toString(), small);
  }

  @Test
  void whoFindsTheNewestCommitNeedsNoMonitor() throws Exception {
    try (Pager writer = open();
        Pager reader = open();
        Pager holding = open()) {
      fill(writer, 1);
      // While this one reads, the lock on the log is there to be joined.
      holding.beginRead();
      Thread reading =
          Thread.ofPlatform()
              .unstarted(() -> {
                reader.beginRead();
                reader.endRead();
              });
      synchronized (writer.database().storage()) {
        reading.start();
        assertThat(reading.join(Duration.ofSeconds(60))).isTrue();
      }
      holding.endRead();
    }
  }

  @Test
  void anIdleGenerationDoesNotKeepTheLogFromBeginningAnew() {
    try (Pager writer = open();
        Pager reader = open()) {
      for (int i = 1; i <= 20; i++) {
        fill(writer, i);
        assertThat(value(reader)).isEqualTo(i);
        CheckpointResult all = writer.checkpoint(CheckpointMode.PASSIVE);
        assertThat(all.logFrames()).isLessThan(2 * PAGES + 2);
        assertThat(value(reader)).isEqualTo(i);
      }
      assertThat(writer.checkpoint(CheckpointMode.TRUNCATE))
          .isEqualTo(new CheckpointResult(false, 0, 0));
      assertThat(value(reader)).isEqualTo(20);
      assertThat(reader.database().openSnapshots()).isZero();
    }
  }

  @Test
  void everySnapshotIsOneCommitAndNoneIsOlderThanItsReadersLast() throws Exception {
    long seed = System.nanoTime();
    System.out.println("SharedSnapshotTest seed " + seed);
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger published = new AtomicInteger(1);
    CountDownLatch ready = new CountDownLatch(4);
    try (Pager writer = open()) {
      writer.commitSettings().setSynchronous(Synchronous.OFF);
      fill(writer, 1);
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean slow = i == 0;
        readers.add(
            Thread.ofPlatform()
                .start(() -> {
                  try (Pager reader = open()) {
                    ready.countDown();
                    while (!done.get()) {
                      int least = published.get();
                      reader.beginRead();
                      int value = valueOfAll(reader, slow);
                      reader.endRead();
                      assertThat(value).isGreaterThanOrEqualTo(least);
                    }
                  } catch (Throwable e) {
                    failures.add(e);
                  }
                }));
      }
      ready.await();
      Random random = new Random(seed);
      for (int i = 2; i < Integer.getInteger("turso.snapshot.commits", 1_000); i++) {
        fill(writer, i);
        published.set(i);
        if (random.nextInt(20) == 0) {
          CheckpointMode[] modes = CheckpointMode.values();
          writer.checkpoint(modes[random.nextInt(modes.length)]);
        }
      }
      done.set(true);
      for (Thread each : readers) {
        each.join();
      }
      assertThat(failures).isEmpty();
      assertThat(writer.database().openSnapshots()).isZero();
    }
  }

  private static void fill(Pager writer, int value) {
    writer.beginWrite();
    while (writer.pageCount() < PAGES) {
      writer.append();
    }
    for (int page = 2; page <= PAGES; page++) {
      byte[] image = writer.write(page);
      image[100] = (byte) value;
      image[101] = (byte) (value >> 8);
    }
    writer.commit();
  }

  private static int value(Pager reader) {
    reader.beginRead();
    try {
      return valueOfAll(reader, false);
    } finally {
      reader.endRead();
    }
  }

  private static int valueOfAll(Pager reader, boolean slow) {
    int first = valueOf(reader.read(2));
    for (int page = 3; page <= PAGES; page++) {
      if (slow) {
        Thread.yield();
      }
      assertThat(valueOf(reader.read(page))).as("page %d", page).isEqualTo(first);
    }
    return first;
  }

  private static int valueOf(byte[] image) {
    return (image[100] & 0xff) | (image[101] & 0xff) << 8;
  }
}
