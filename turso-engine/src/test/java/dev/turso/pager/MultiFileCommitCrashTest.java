package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.format.Bytes;
import dev.turso.vfs.PowerCut;
import dev.turso.vfs.SimulatedFileSystem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commits over two files, with the power cut at every write and every sync: both have it or neither. */
class MultiFileCommitCrashTest {

  private static final int COMMITS = 8;
  private static final int AT = 200;

  @Test
  void deletedJournals() {
    run(JournalMode.DELETE, JournalMode.DELETE);
  }

  @Test
  void truncatedAndPersistentJournals() {
    run(JournalMode.TRUNCATE, JournalMode.PERSIST);
  }

  @Test
  void persistentAndDeletedJournals() {
    run(JournalMode.PERSIST, JournalMode.DELETE);
  }

  private static void run(JournalMode one, JournalMode other) {
    SimulatedFileSystem whole = new SimulatedFileSystem();
    assertThat(script(whole, one, other)).isEqualTo(COMMITS);
    int points = whole.points();
    int checked = 0;
    for (int point = 1; point <= points; point++) {
      SimulatedFileSystem disk = new SimulatedFileSystem();
      disk.cutPowerAt(point);
      int committed = script(disk, one, other);
      for (int seed = 0; seed < 8; seed++) {
        verify(
            disk.afterPowerCut(seed < 2 ? seed : point * 8L + seed), one, other, committed, point);
        checked++;
      }
    }
    System.out.printf(
        "%s and %s: %d writes and syncs, %d restarts verified%n", one, other, points, checked);
  }

  private static Pager open(SimulatedFileSystem disk, String path, JournalMode mode) {
    PagerOptions options = PagerOptions.DEFAULT.withPageSize(1024).withJournalMode(mode);
    Pager pager = Pager.open(disk, path, options);
    pager.commitSettings().setSynchronous(Synchronous.EXTRA);
    return pager;
  }

  private static int script(SimulatedFileSystem disk, JournalMode one, JournalMode other) {
    int committed = 0;
    Pager a = null;
    Pager b = null;
    try {
      a = open(disk, "/a", one);
      b = open(disk, "/b", other);
      for (int i = 1; i <= COMMITS; i++) {
        a.beginWrite();
        b.beginWrite();
        change(a, i);
        change(b, i);
        if (i % 3 == 0) {
          // A commit of one file alone between: its journal must not be taken for one of both.
          Bytes.put32(a.write(1), AT + 4, i);
        }
        MultiFileCommit.commit(MultiFileCommit.together(List.of(a, b)), i % 2 == 0);
        a.endRead();
        b.endRead();
        committed = i;
        a.beginWrite();
        Bytes.put32(a.write(1), AT + 8, i);
        a.commit();
      }
      a.close();
      b.close();
    } catch (PowerCut e) {
      closeDead(a);
      closeDead(b);
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

  private static void change(Pager pager, int commit) {
    Bytes.put32(pager.write(pager.append()), AT, commit);
    Bytes.put32(pager.write(2), AT, commit);
    Bytes.put32(pager.write(1), AT, commit);
  }

  private static void verify(
      SimulatedFileSystem disk, JournalMode one, JournalMode other, int committed, int point) {
    String where = one + " and " + other + " cut at " + point + " after " + committed;
    try (Pager a = open(disk, "/a", one);
        Pager b = open(disk, "/b", other)) {
      int inA = found(a);
      assertThat(found(b)).as(where).isEqualTo(inA);
      assertThat(inA).as(where).isBetween(committed, committed + 1);
      assertThat(disk.names().stream().filter(n -> n.contains("-mj")).count())
          .as(where)
          .isLessThanOrEqualTo(1);
      a.beginWrite();
      b.beginWrite();
      change(a, inA + 1);
      change(b, inA + 1);
      MultiFileCommit.commit(MultiFileCommit.together(List.of(a, b)), false);
    } catch (RuntimeException e) {
      throw new AssertionError(where, e);
    }
  }

  private static int found(Pager pager) {
    pager.beginRead();
    try {
      int pages = pager.pageCount();
      int found = pages < 2 ? 0 : Bytes.i32(pager.read(2), AT);
      assertThat(pages <= 1 ? 0 : pages - 1).isEqualTo(found);
      return found;
    } finally {
      pager.endRead();
    }
  }
}
