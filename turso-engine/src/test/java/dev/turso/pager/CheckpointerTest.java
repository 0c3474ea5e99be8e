package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.error.BusyException;
import dev.turso.error.IoException;
import dev.turso.format.Bytes;
import dev.turso.vfs.BackgroundFileSystem;
import dev.turso.vfs.DiskFileSystem;
import dev.turso.vfs.FaultyFileSystem;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.ForwardingFileHandle;
import dev.turso.vfs.ForwardingFileSystem;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.OpenMode;
import dev.turso.wal.CheckpointMode;
import dev.turso.wal.CheckpointResult;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Automatic checkpoints, which run off the threads that commit. */
@Timeout(300)
class CheckpointerTest {

  private static final int LIMIT = 100;
  private static final int PAGES = 40;

  private final ArrayDeque<Runnable> due = new ArrayDeque<>();

  private Pager open(FileSystem files) {
    Pager pager =
        Pager.open(
            new BackgroundFileSystem(files, due::add),
            "/db",
            PagerOptions.DEFAULT.withPageSize(512).withCacheBytes(8 * 512));
    pager.commitSettings().setSynchronous(Synchronous.NORMAL);
    pager.database().setAutoCheckpoint(LIMIT);
    return pager;
  }

  /** Two frames and, the first times, more. */
  private static void commit(Pager pager, int number) {
    pager.beginWrite();
    while (pager.pageCount() < PAGES) {
      pager.append();
    }
    Bytes.put32(pager.write(2), 0, number);
    Bytes.put32(pager.write(3 + number % (PAGES - 2)), 0, number);
    pager.commit();
  }

  private static int newest(Pager pager) {
    pager.beginRead();
    int number = Bytes.i32(pager.read(2), 0);
    for (int back = 0; back < Math.min(number, PAGES - 2); back++) {
      assertThat(Bytes.i32(pager.read(3 + (number - back) % (PAGES - 2)), 0))
          .isEqualTo(number - back);
    }
    pager.endRead();
    return number;
  }

  private void runWhatIsDue() {
    while (!due.isEmpty()) {
      due.remove().run();
    }
  }

  @Test
  void aCommitPastTheLimitLeavesTheWorkToTheBackground() {
    try (Pager pager = open(new MemoryFileSystem())) {
      for (int i = 1; i <= LIMIT; i++) {
        commit(pager, i);
      }
      int frames = pager.database().logFrames();
      assertThat(frames).isGreaterThan(LIMIT);
      assertThat(due).hasSize(1);

      runWhatIsDue();
      commit(pager, LIMIT + 1);
      assertThat(pager.database().logFrames()).as("the log has begun anew").isEqualTo(2);
      assertThat(newest(pager)).isEqualTo(LIMIT + 1);
    }
  }

  @Test
  void aRunThatCommitsOvertookIsRepeated() {
    try (Pager pager = open(new MemoryFileSystem())) {
      int i = 0;
      while (due.isEmpty()) {
        commit(pager, ++i);
      }
      for (int more = 0; more < 5; more++) {
        commit(pager, ++i);
      }
      assertThat(due).hasSize(1);
      runWhatIsDue();
      commit(pager, ++i);
      assertThat(pager.database().logFrames()).isEqualTo(2);
    }
  }

  @Test
  void theNextWriterHelpsWhereTheBackgroundDoesNotKeepUp() {
    try (Pager pager = open(new MemoryFileSystem())) {
      int longest = 0;
      for (int i = 1; i <= 40 * LIMIT; i++) {
        commit(pager, i);
        longest = Math.max(longest, pager.database().logFrames());
        while (due.size() > 1) {
          due.remove();
        }
        if (i % (15 * LIMIT) == 0) {
          runWhatIsDue();
        }
      }
      assertThat(longest).isBetween(8 * LIMIT, 16 * LIMIT + PAGES);
      assertThat(newest(pager)).isEqualTo(40 * LIMIT);
    }
  }

  @Test
  void aReaderOfAnOldStateKeepsItsPagesAndTheLogIsShortSoonAfter() {
    MemoryFileSystem files = new MemoryFileSystem();
    try (Pager pager = open(files);
        Pager reader = open(files)) {
      commit(pager, 1);
    }
    FileSystem queued = new BackgroundFileSystem(files, due::add);
    PagerOptions options = PagerOptions.DEFAULT.withPageSize(512).withCacheBytes(8 * 512);
    try (Pager pager = Pager.open(queued, "/db", options);
        Pager reader = Pager.open(queued, "/db", options)) {
      pager.database().setAutoCheckpoint(LIMIT);
      commit(pager, 2);
      reader.beginRead();
      for (int i = 3; i <= 10 * LIMIT; i++) {
        commit(pager, i);
        runWhatIsDue();
      }
      assertThat(Bytes.i32(reader.read(2), 0)).isEqualTo(2);
      assertThat(Bytes.i32(reader.read(5), 0)).isEqualTo(2);
      assertThat(pager.database().logFrames()).isGreaterThan(10 * LIMIT);
      reader.endRead();

      int number = 10 * LIMIT;
      for (int i = 1; i <= 3 * LIMIT; i++) {
        commit(pager, ++number);
        runWhatIsDue();
      }
      assertThat(pager.database().logFrames()).isLessThan(2 * LIMIT);
      assertThat(newest(pager)).isEqualTo(number);
    }
  }

  @Test
  void aLimitOfZeroMeansNever() {
    try (Pager pager = open(new MemoryFileSystem())) {
      pager.database().setAutoCheckpoint(0);
      for (int i = 1; i <= 10 * LIMIT; i++) {
        commit(pager, i);
      }
      assertThat(due).isEmpty();
      assertThat(pager.database().logFrames()).isGreaterThan(10 * LIMIT);
    }
  }

  @Test
  void aShortLimitIsKeptByTheCommitItself() {
    try (Pager pager = open(new MemoryFileSystem())) {
      pager.database().setAutoCheckpoint(10);
      for (int i = 1; i <= LIMIT; i++) {
        commit(pager, i);
        assertThat(pager.database().logFrames()).isLessThan(10 + PAGES);
      }
      assertThat(due).isEmpty();
    }
  }

  @Test
  void aFailureAtAnyCallIsKeptAndHarmsNobody() {
    int call = 0;
    int failures;
    do {
      call++;
      due.clear();
      FaultyFileSystem files = new FaultyFileSystem(new MemoryFileSystem());
      try (Pager pager = open(files)) {
        int i = 0;
        while (due.isEmpty()) {
          commit(pager, ++i);
        }
        files.failAt(call, 1, FaultyFileSystem.Fault.IO_ERROR);
        runWhatIsDue();
        failures = files.failures();
        files.heal();
        RuntimeException failure = pager.database().checkpointFailure();
        assertThat(failure == null).as("call " + call).isEqualTo(failures == 0);
        assertThat(newest(pager)).isEqualTo(i);

        while (due.isEmpty() && pager.database().logFrames() >= LIMIT) {
          commit(pager, ++i);
        }
        runWhatIsDue();
        assertThat(pager.database().checkpointFailure()).isNull();
        commit(pager, ++i);
        assertThat(pager.database().logFrames()).isLessThan(10);
        assertThat(newest(pager)).isEqualTo(i);
      }
    } while (failures > 0);
    assertThat(call).isGreaterThan(5);
  }

  @Test
  void anExplicitCheckpointThrowsWhatTheBackgroundCouldOnlyNote() {
    FaultyFileSystem files = new FaultyFileSystem(new MemoryFileSystem());
    try (Pager pager = open(files)) {
      int i = 0;
      while (due.isEmpty()) {
        commit(pager, ++i);
      }
      files.failAt(1, Integer.MAX_VALUE, FaultyFileSystem.Fault.IO_ERROR);
      runWhatIsDue();
      assertThat(pager.database().checkpointFailure()).isInstanceOf(IoException.class);
      assertThatThrownBy(() -> pager.checkpoint(CheckpointMode.PASSIVE))
          .isInstanceOf(IoException.class);
      files.heal();
      CheckpointResult result = pager.checkpoint(CheckpointMode.TRUNCATE);
      assertThat(result).isEqualTo(new CheckpointResult(false, 0, 0));
    }
  }

  /** The run is held up in its last sync; closing must neither overtake it nor lose anything. */
  @Test
  void closingWaitsForARunInTheMiddle() throws Exception {
    MemoryFileSystem files = new MemoryFileSystem();
    AtomicReference<Throwable> failed = new AtomicReference<>();
    HeldUp disk = new HeldUp(files);
    FileSystem slow =
        new BackgroundFileSystem(
            disk,
            task -> {
              Thread thread = new Thread(task, "held up");
              thread.setUncaughtExceptionHandler((t, e) -> failed.set(e));
              thread.start();
            });
    Pager pager = Pager.open(slow, "/db", PagerOptions.DEFAULT.withPageSize(512));
    pager.database().setAutoCheckpoint(LIMIT);
    for (int i = 1; i <= LIMIT; i++) {
      commit(pager, i);
    }
    assertThat(disk.begun.await(20, TimeUnit.SECONDS)).as("begun, or " + failed.get()).isTrue();
    commit(pager, LIMIT + 1);
    Thread closing = new Thread(pager::close);
    closing.start();
    while (closing.getState() != Thread.State.WAITING) {
      assertThat(closing.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    disk.goOn.countDown();
    closing.join();
    assertThat(failed.get()).isNull();
    assertThat(files.exists("/db-wal")).isFalse();
    try (Pager again = open(files)) {
      assertThat(newest(again)).isEqualTo(LIMIT + 1);
    }
  }

  /** Its database file is synced on a thread of the name "held up" only when the test says so. */
  private static final class HeldUp extends ForwardingFileSystem {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    HeldUp(FileSystem files) {
      super(files);
    }

    @Override
    public FileHandle open(String path, OpenMode mode) {
      FileHandle file = super.open(path, mode);
      return path.equals("/db") ? new HeldUpFile(file) : file;
    }

    private final class HeldUpFile extends ForwardingFileHandle {

      HeldUpFile(FileHandle file) {
        super(file);
      }

      @Override
      public void sync() {
        if (Thread.currentThread().getName().equals("held up")) {
          begun.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }
        super.sync();
      }
    }
  }

  /** Real threads on a real disk: writers, readers of snapshots, checkpoints by hand, comers and goers. */
  @Test
  void everybodyAtOnceSeesWholeStates(@TempDir Path folder) throws Exception {
    long seed = System.nanoTime();
    System.out.println("CheckpointerTest seed " + seed);
    String path = folder.resolve("race.db").toString();
    try (Pager anchor = openOnDisk(path)) {
      fill(anchor);
      AtomicBoolean writing = new AtomicBoolean(true);
      AtomicInteger longest = new AtomicInteger();
      ExecutorService pool = Executors.newCachedThreadPool();
      try {
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < 3; w++) {
          Random random = new Random(seed + w);
          writers.add(pool.submit(() -> transfer(path, random, longest)));
        }
        List<Future<?>> others = new ArrayList<>();
        for (int r = 0; r < 2; r++) {
          others.add(pool.submit(() -> readWhile(path, writing)));
        }
        others.add(pool.submit(() -> checkpointWhile(path, writing, new Random(seed))));
        for (Future<?> each : writers) {
          each.get(250, TimeUnit.SECONDS);
        }
        writing.set(false);
        for (Future<?> each : others) {
          each.get(60, TimeUnit.SECONDS);
        }
      } finally {
        writing.set(false);
        pool.shutdownNow();
      }
      assertThat(anchor.database().checkpointFailure()).isNull();
      assertThat(longest.get()).isGreaterThan(LIMIT);
    }
    try (Pager again = openOnDisk(path)) {
      assertThat(sum(again)).isZero();
    }
  }

  private static Pager openOnDisk(String path) {
    PagerOptions options = PagerOptions.DEFAULT.withPageSize(512).withCacheBytes(16 * 512);
    Pager pager = Pager.open(DiskFileSystem.instance(), path, options);
    pager.commitSettings().setSynchronous(Synchronous.NORMAL);
    pager.setBusyTimeout(60_000);
    pager.database().setAutoCheckpoint(LIMIT);
    return pager;
  }

  private static void fill(Pager pager) {
    pager.beginWrite();
    while (pager.pageCount() < PAGES) {
      pager.append();
    }
    pager.commit();
  }

  private static void transfer(String path, Random random, AtomicInteger longest) {
    Pager pager = openOnDisk(path);
    for (int i = 0; i < 1_200; i++) {
      int from = 2 + random.nextInt(PAGES - 1);
      int to = 2 + random.nextInt(PAGES - 1);
      pager.beginWrite();
      Bytes.put32(pager.write(from), 0, Bytes.i32(pager.read(from), 0) - i);
      Bytes.put32(pager.write(to), 0, Bytes.i32(pager.read(to), 0) + i);
      pager.commit();
      longest.accumulateAndGet(pager.database().logFrames(), Math::max);
      if (random.nextInt(100) == 0) {
        pager.close();
        pager = openOnDisk(path);
      }
    }
    pager.close();
  }

  private static int sum(Pager pager) {
    pager.beginRead();
    int sum = 0;
    for (int page = 2; page <= pager.pageCount(); page++) {
      sum += Bytes.i32(pager.read(page), 0);
    }
    pager.endRead();
    return sum;
  }

  private static void readWhile(String path, AtomicBoolean on) {
    try (Pager pager = openOnDisk(path)) {
      while (on.get()) {
        assertThat(sum(pager)).isZero();
      }
    }
  }

  private static void checkpointWhile(String path, AtomicBoolean on, Random random) {
    CheckpointMode[] modes = CheckpointMode.values();
    try (Pager pager = openOnDisk(path)) {
      while (on.get()) {
        try {
          pager.checkpoint(modes[random.nextInt(modes.length)]);
        } catch (BusyException e) {
          // a writer was copying the log back himself
        }
        pager.beginRead();
        for (int i = random.nextInt(200); i > 0; i--) {
          pager.read(2 + random.nextInt(PAGES - 1));
          Thread.yield();
        }
        pager.endRead();
      }
    }
  }
}
