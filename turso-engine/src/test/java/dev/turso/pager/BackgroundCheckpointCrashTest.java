package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.error.IoException;
import dev.turso.format.Bytes;
import dev.turso.vfs.BackgroundFileSystem;
import dev.turso.vfs.PowerCut;
import dev.turso.vfs.SimulatedFileSystem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The power fails while a log is copied back in the background and others go on committing: what was
 * committed is there as {@code synchronous} promises, whole, and nothing else is.
 */
@Timeout(300)
class BackgroundCheckpointCrashTest {

  private static final int COMMITS = 110;
  private static final int PAGES = 24;
  private static final int LIMIT = 100;

  /** How many commits pass between the asking for a run and the run. */
  private record Setting(Synchronous synchronous, int lag, int seeds) {}

  @Test
  void aRunBetweenCommitsLosesNothingUnderFull() {
    everyPoint(new Setting(Synchronous.FULL, 6, 3));
  }

  @Test
  void aRunBetweenCommitsLosesWholeCommitsAtMostUnderNormal() {
    everyPoint(new Setting(Synchronous.NORMAL, 6, 4));
  }

  @Test
  void aWriterThatHelpsLosesNothing() {
    everyPoint(new Setting(Synchronous.FULL, COMMITS, 2));
  }

  private static void everyPoint(Setting setting) {
    SimulatedFileSystem whole = new SimulatedFileSystem();
    assertThat(script(whole, setting)).isEqualTo(COMMITS);
    int points = whole.points();
    for (int point = 1; point <= points; point++) {
      SimulatedFileSystem disk = new SimulatedFileSystem();
      disk.cutPowerAt(point);
      int committed = script(disk, setting);
      for (int seed = 0; seed < setting.seeds; seed++) {
        long fate = seed < 2 ? seed : point * 31L + seed;
        verify(disk.afterPowerCut(fate), setting.synchronous, committed, "point " + point);
      }
    }
    System.out.printf(
        "%s: %d writes and syncs, %d restarts verified%n", setting, points, points * setting.seeds);
  }

  private static int script(SimulatedFileSystem disk, Setting setting) {
    ArrayDeque<Runnable> due = new ArrayDeque<>();
    int committed = 0;
    int waited = 0;
    Pager pager = null;
    try {
      pager = open(disk, due::add, setting.synchronous);
      for (int i = 1; i <= COMMITS; i++) {
        commit(pager, i);
        committed = i;
        if (!due.isEmpty() && waited++ >= setting.lag) {
          due.remove().run();
          waited = 0;
        }
      }
      while (!due.isEmpty()) {
        due.remove().run();
      }
      pager.close();
    } catch (PowerCut e) {
      closeDead(pager);
    }
    return committed;
  }

  private static void closeDead(Pager pager) {
    try {
      if (pager != null) {
        pager.close();
      }
    } catch (PowerCut e) {
      return;
    }
  }

  /** The cut falls where it will among the writes of two threads. */
  @Test
  void aRunAtTheSameTimeLosesNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("BackgroundCheckpointCrashTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      Synchronous synchronous = round % 2 == 0 ? Synchronous.FULL : Synchronous.NORMAL;
      SimulatedFileSystem disk = new SimulatedFileSystem();
      int point = 60 + random.nextInt(250);
      disk.cutPowerAt(point);
      int committed = scriptWithThread(disk, synchronous);
      for (int fate = 0; fate < 3; fate++) {
        String where = synchronous + " point " + point + " round " + round;
        verify(
            disk.afterPowerCut(fate < 2 ? fate : random.nextLong()), synchronous, committed, where);
      }
    }
  }

  private static int scriptWithThread(SimulatedFileSystem disk, Synchronous synchronous)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    Executor thread =
        task ->
            threads.add(
                Thread.ofPlatform()
                    .start(() -> {
                      try {
                        task.run();
                      } catch (PowerCut | IoException e) {
                        return;
                      }
                    }));
    int committed = 0;
    Pager pager = null;
    try {
      pager = open(disk, thread, synchronous);
      for (int i = 1; i <= 2 * COMMITS; i++) {
        commit(pager, i);
        committed = i;
      }
      pager.close();
    } catch (PowerCut e) {
      for (Thread each : threads) {
        each.join();
      }
      closeDead(pager);
    }
    return committed;
  }

  private static Pager open(
      SimulatedFileSystem disk, Executor background, Synchronous synchronous) {
    Pager pager =
        Pager.open(
            new BackgroundFileSystem(disk, background),
            "/db",
            PagerOptions.DEFAULT.withPageSize(512).withCacheBytes(8 * 512));
    pager.commitSettings().setSynchronous(synchronous);
    pager.database().setAutoCheckpoint(LIMIT);
    return pager;
  }

  private static void commit(Pager pager, int number) {
    pager.beginWrite();
    while (pager.pageCount() < PAGES) {
      pager.append();
    }
    Bytes.put32(pager.write(2), 0, number);
    for (int i = 0; i < 4; i++) {
      Bytes.put32(pager.write(pageOf(number, i)), 0, number);
    }
    pager.commit();
  }

  private static int pageOf(int number, int i) {
    return 3 + (number * 5 + i * 3) % (PAGES - 2);
  }

  private static void verify(
      SimulatedFileSystem disk, Synchronous synchronous, int committed, String where) {
    try (Pager pager = open(disk, Runnable::run, synchronous)) {
      pager.beginRead();
      int found = pager.pageCount() < PAGES ? 0 : Bytes.i32(pager.read(2), 0);
      int[] expected = new int[PAGES + 1];
      for (int number = 1; number <= found; number++) {
        expected[2] = number;
        for (int i = 0; i < 4; i++) {
          expected[pageOf(number, i)] = number;
        }
      }
      for (int page = 2; page <= PAGES && found > 0; page++) {
        assertThat(Bytes.i32(pager.read(page), 0)).as(where).isEqualTo(expected[page]);
      }
      pager.endRead();
      assertThat(found).as(where).isLessThanOrEqualTo(committed + 1);
      if (synchronous == Synchronous.FULL) {
        assertThat(found).as(where).isGreaterThanOrEqualTo(committed);
      }
      commit(pager, found + 1);
    } catch (RuntimeException e) {
      throw new AssertionError(where, e);
    }
  }
}
