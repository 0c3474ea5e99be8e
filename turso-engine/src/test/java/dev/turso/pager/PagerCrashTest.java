package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.cipher.EncryptionKey;
import dev.turso.format.Bytes;
import dev.turso.vfs.PowerCut;
import dev.turso.vfs.SimulatedFileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Fifty commits, with the power cut at every write and every sync: what was committed is there as
 * {@code synchronous} promises, whole, and nothing else is.
 */
class PagerCrashTest {

  private static final int COMMITS = 50;
  private static final String PATH = "/db";
  private static final EncryptionKey KEY = EncryptionKey.ofHex("aes256gcm", "5a".repeat(32));

  /** Where a page keeps the number that the script writes; on page 1 that is unused space. */
  private static final int AT = 200;

  private record Setting(
      JournalMode mode,
      Synchronous synchronous,
      boolean keepsLast,
      int seeds,
      @Nullable EncryptionKey key,
      long journalLimit) {

    Setting(JournalMode mode, Synchronous synchronous, boolean keepsLast, int seeds) {
      this(mode, synchronous, keepsLast, seeds, null, -1);
    }

    Setting encrypted() {
      return new Setting(mode, synchronous, keepsLast, seeds, KEY, journalLimit);
    }

    Setting limited(long journalLimit) {
      return new Setting(mode, synchronous, keepsLast, seeds, key, journalLimit);
    }
  }

  @Test
  void theLogUnderFullKeepsEveryCommit() {
    run(new Setting(JournalMode.WAL, Synchronous.FULL, true, 6));
  }

  @Test
  void theLogUnderNormalLosesWholeCommitsAtMost() {
    run(new Setting(JournalMode.WAL, Synchronous.NORMAL, false, 6));
  }

  @Test
  void aDeletedJournalUnderExtraKeepsEveryCommit() {
    run(new Setting(JournalMode.DELETE, Synchronous.EXTRA, true, 2));
  }

  @Test
  void aDeletedJournalUnderFullMayComeBackOnce() {
    run(new Setting(JournalMode.DELETE, Synchronous.FULL, false, 2));
  }

  @Test
  void aTruncatedJournalKeepsEveryCommit() {
    run(new Setting(JournalMode.TRUNCATE, Synchronous.FULL, true, 2));
  }

  @Test
  void aPersistentJournalKeepsEveryCommit() {
    run(new Setting(JournalMode.PERSIST, Synchronous.FULL, true, 2));
  }

  @Test
  void aLimitedJournalKeepsEveryCommit() {
    run(new Setting(JournalMode.PERSIST, Synchronous.FULL, true, 2).limited(2000));
  }

  @Test
  void aLimitedLogKeepsEveryCommit() {
    run(new Setting(JournalMode.WAL, Synchronous.FULL, true, 2).limited(4000));
  }

  @Test
  void anEncryptedLogKeepsEveryCommit() {
    run(new Setting(JournalMode.WAL, Synchronous.FULL, true, 2).encrypted());
  }

  @Test
  void anEncryptedDeletedJournalUnderExtraKeepsEveryCommit() {
    run(new Setting(JournalMode.DELETE, Synchronous.EXTRA, true, 2).encrypted());
  }

  private static void run(Setting setting) {
    List<int[]> states = states();
    SimulatedFileSystem whole = new SimulatedFileSystem();
    assertThat(script(whole, setting)).isEqualTo(COMMITS);
    int points = whole.points();
    int checked = 0;
    for (int point = 1; point <= points; point++) {
      SimulatedFileSystem disk = new SimulatedFileSystem();
      disk.cutPowerAt(point);
      int committed = script(disk, setting);
      for (int seed = 0; seed < setting.seeds; seed++) {
        long fate = setting.seeds > 2 || seed == 0 ? seed : point;
        verify(disk.afterPowerCut(fate), setting, states, committed, point, seed);
        checked++;
      }
    }
    System.out.printf(
        "%s %s: %d writes and syncs, %d restarts verified%n",
        setting.mode, setting.synchronous, points, checked);
  }

  /** Returns how many commits were reported done before the power went. */
  private static int script(SimulatedFileSystem disk, Setting setting) {
    int committed = 0;
    Pager pager = null;
    try {
      pager = open(disk, setting);
      for (int i = 1; i <= COMMITS; i++) {
        pager.beginWrite();
        change(pager, i);
        pager.commit();
        committed = i;
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

  private static Pager open(SimulatedFileSystem disk, Setting setting) {
    PagerOptions options =
        PagerOptions.DEFAULT
            .withPageSize(1024)
            .withCacheBytes(64 * 1024)
            .withJournalMode(setting.mode)
            .withKey(setting.key);
    Pager pager = Pager.open(disk, PATH, options);
    pager.commitSettings().setSynchronous(setting.synchronous);
    pager.commitSettings().setJournalLimit(setting.journalLimit);
    pager.database().setAutoCheckpoint(40);
    return pager;
  }

  /** The change of one commit: some pages, sometimes growing or shrinking the database. */
  private static void change(Pager pager, int commit) {
    Random random = new Random(commit);
    if (commit % 9 == 8 && pager.pageCount() > 6) {
      pager.truncate(pager.pageCount() - 3);
    }
    for (int i = random.nextInt(4); i >= 0; i--) {
      Bytes.put32(pager.write(pager.append()), AT, commit);
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      Bytes.put32(pager.write(1 + random.nextInt(pager.pageCount())), AT, commit);
    }
    Bytes.put32(pager.write(2), AT, commit);
  }

  /** What every page has to say after each number of commits. */
  private static List<int[]> states() {
    List<int[]> states = new ArrayList<>();
    states.add(new int[0]);
    try (Pager memory = Pager.openPrivateMemory(PagerOptions.DEFAULT.withPageSize(1024))) {
      for (int i = 1; i <= COMMITS; i++) {
        memory.beginWrite();
        change(memory, i);
        memory.commit();
        memory.beginRead();
        states.add(content(memory));
        memory.endRead();
      }
    }
    return states;
  }

  private static int[] content(Pager pager) {
    int[] content = new int[pager.pageCount()];
    for (int page = 1; page <= content.length; page++) {
      content[page - 1] = Bytes.i32(pager.read(page), AT);
    }
    return content;
  }

  private static void verify(
      SimulatedFileSystem disk,
      Setting setting,
      List<int[]> states,
      int committed,
      int point,
      int seed) {
    String where = setting + " cut at " + point + " seed " + seed + " after " + committed;
    try (Pager pager = open(disk, setting)) {
      pager.beginRead();
      int[] content = content(pager);
      pager.endRead();
      int found = content.length <= 1 ? 0 : content[1];
      if (found > 0) {
        assertThat(content).as(where).isEqualTo(states.get(found));
      }
      assertThat(found).as(where).isLessThanOrEqualTo(committed + 1);
      if (setting.keepsLast) {
        assertThat(found).as(where).isGreaterThanOrEqualTo(committed);
      }
      pager.beginWrite();
      change(pager, found + 1);
      pager.commit();
    } catch (RuntimeException e) {
      throw new AssertionError(where, e);
    }
  }
}
