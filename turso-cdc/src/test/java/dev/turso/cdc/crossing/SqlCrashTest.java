package dev.turso.cdc.crossing;


import org.junit.jupiter.api.Test;

/**
 * A script of SQL under views and log, with the power cut at every write and every sync.
 *
 * <p>After each cut: what was committed is there as {@code synchronous} promises, all of it and nothing
 * else, to the last byte of the views' state; the integrity check passes, views equal their queries, the
 * log equals the data, and the next transaction goes on from there. The script runs once per setting;
 * at each point the disk is copied as the next start would find it, and examined.
 *
 * <p>{@code -Dturso.crash=all} examines every point with every fate of the unsynced sectors; otherwise a
 * slice that rotates with the seed.
 */
class SqlCrashTest {

  @Test
  void theLogUnderFullKeepsEveryCommit() {
    new CrashRun(new CrashRun.Setting("WAL", "FULL", 0)).run();
  }

  @Test
  void theLogUnderNormalLosesWholeCommitsAtMost() {
    new CrashRun(new CrashRun.Setting("WAL", "NORMAL", Integer.MAX_VALUE)).run();
  }

  @Test
  void aDeletedJournalUnderExtraKeepsEveryCommit() {
    new CrashRun(new CrashRun.Setting("DELETE", "EXTRA", 0)).run();
  }

  @Test
  void aDeletedJournalUnderFullMayComeBackOnce() {
    new CrashRun(new CrashRun.Setting("DELETE", "FULL", 1)).run();
  }
}
