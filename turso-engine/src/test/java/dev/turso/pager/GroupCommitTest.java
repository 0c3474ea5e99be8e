package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.error.IoException;
import dev.turso.format.Bytes;
import dev.turso.vfs.PowerCut;
import dev.turso.vfs.SimulatedFileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Several connections commit under {@code synchronous=FULL} at once. */
class GroupCommitTest {

  private static final int WRITERS = 4;
  private static final int COMMITS = 40;

  private static Pager open(SimulatedFileSystem disk) {
    Pager pager = Pager.open(disk, "/db", PagerOptions.DEFAULT.withPageSize(512));
    pager.commitSettings().setSynchronous(Synchronous.FULL);
    pager.setBusyTimeout(30_000);
    return pager;
  }

  private static void increment(Pager pager, int page) {
    pager.beginWrite();
    while (pager.pageCount() < page) {
      pager.append();
    }
    Bytes.put32(pager.write(page), 0, Bytes.i32(pager.read(page), 0) + 1);
    Bytes.put32(pager.write(2), 0, Bytes.i32(pager.read(2), 0) + 1);
    pager.commit();
  }

  private static int get(Pager pager, int page) {
    pager.beginRead();
    try {
      return page > pager.pageCount() ? 0 : Bytes.i32(pager.read(page), 0);
    } finally {
      pager.endRead();
    }
  }

  @Test
  void noCommitIsLostAndCountersAddUp() throws Exception {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    AtomicIntegerArray done = runWriters(disk);
    try (Pager pager = open(disk)) {
      assertThat(get(pager, 2)).isEqualTo(WRITERS * COMMITS);
      for (int w = 0; w < WRITERS; w++) {
        assertThat(get(pager, 3 + w)).isEqualTo(COMMITS).isEqualTo(done.get(w));
      }
    }
  }

  @Test
  void whatWasReportedDurableSurvivesAPowerCutAtAnyPoint() throws Exception {
    for (int point = 10; point < 250; point += 5) {
      SimulatedFileSystem disk = new SimulatedFileSystem();
      disk.cutPowerAt(point);
      AtomicIntegerArray done = runWriters(disk);
      try (Pager pager = open(disk.afterPowerCut(point % 5))) {
        int sum = 0;
        for (int w = 0; w < WRITERS; w++) {
          int found = get(pager, 3 + w);
          assertThat(found).isBetween(done.get(w), done.get(w) + 1);
          sum += found;
        }
        assertThat(get(pager, 2)).as("all or nothing of each commit").isEqualTo(sum);
      }
    }
  }

  private static AtomicIntegerArray runWriters(SimulatedFileSystem disk) throws Exception {
    AtomicIntegerArray done = new AtomicIntegerArray(WRITERS);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    List<Pager> pagers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      int writer = w;
      Pager pager = open(disk);
      pagers.add(pager);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  start.await();
                  for (int i = 0; i < COMMITS; i++) {
                    increment(pager, 3 + writer);
                    done.incrementAndGet(writer);
                  }
                } catch (PowerCut | IoException | InterruptedException e) {
                  pager.rollback();
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    for (Pager pager : pagers) {
      try {
        pager.close();
      } catch (PowerCut e) {
        continue;
      }
    }
    return done;
  }

  @Test
  void aFailedSyncFailsTheCommitAndLeavesTheStateBefore() {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    try (Pager pager = open(disk);
        Pager other = open(disk)) {
      increment(pager, 3);
      increment(pager, 3);
      disk.failSyncAt(disk.syncs() + 1);
      assertThatThrownBy(() -> increment(pager, 3)).isInstanceOf(IoException.class);
      assertThat(pager.isWriting()).isFalse();
      assertThat(get(pager, 3)).isEqualTo(2);
      assertThat(get(other, 3)).isEqualTo(2);
      increment(other, 3);
      increment(pager, 3);
      assertThat(get(other, 3)).isEqualTo(4);
      assertThat(get(other, 2)).isEqualTo(4);
    }
  }
}
