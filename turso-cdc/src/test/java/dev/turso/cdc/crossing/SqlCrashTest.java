package dev.turso.cdc.crossing;

import dev.turso.cipher.EncryptionKey;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A script of SQL under views and log, with the power cut at every write and every sync.
 *
 * <p>After each cut: what was committed is there as {@code synchronous} promises, all of it and nothing
 * else, to the last row of the views' state; the integrity check passes, views equal their queries, the
 * log equals the data, and the next transaction goes on from there. The script runs once per setting;
 * at each point the disk is copied as the next start would find it, and examined. At some points the
 * power is cut again, at every point of the recovery; at some the {@code sqlite3} shell has to find the
 * same.
 *
 * <p>{@code -Dturso.crash=all} examines every point, with every fate of the unsynced sectors; otherwise a
 * slice that rotates with the seed.
 */
class SqlCrashTest {

  private static final int COMMITS = 200;
  private static final EncryptionKey KEY = EncryptionKey.ofHex(null, "5a".repeat(32));
  private static final boolean ALL = "all".equals(System.getProperty("turso.crash"));

  private static CrashPlan plan;
  private static CrashPlan encryptedPlan;

  @TempDir Path folder;

  @BeforeAll
  static void plan() {
    long seed = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
    plan = CrashPlan.of(seed, COMMITS);
    encryptedPlan = CrashPlan.of(seed, COMMITS, KEY);
  }

  @Test
  void theLogUnderFullKeepsEveryCommit() {
    run(new CrashRun.Setting("WAL", "FULL", 0), 29, 4);
  }

  @Test
  void theLogUnderNormalLosesWholeCommitsAtMost() {
    run(new CrashRun.Setting("WAL", "NORMAL", Integer.MAX_VALUE), 29, 4);
  }

  @Test
  void aDeletedJournalUnderExtraKeepsEveryCommit() {
    run(new CrashRun.Setting("DELETE", "EXTRA", 0), 139, 2);
  }

  @Test
  void aDeletedJournalUnderFullMayComeBackOnce() {
    run(new CrashRun.Setting("DELETE", "FULL", 1), 139, 2);
  }

  @Test
  void anEncryptedLogUnderFullKeepsEveryCommit() {
    run(new CrashRun.Setting("WAL", "FULL", 0, KEY), 59, 4);
  }

  @Test
  void anEncryptedJournalUnderExtraKeepsEveryCommit() {
    run(new CrashRun.Setting("DELETE", "EXTRA", 0, KEY), 279, 2);
  }

  private void run(CrashRun.Setting setting, int stride, int fatesOfAll) {
    CrashRun run =
        new CrashRun(
            setting,
            setting.key() == null ? plan : encryptedPlan,
            ALL ? 1 : stride,
            ALL ? fatesOfAll : 1,
            UnaryOperator.identity());
    if (NativeCheck.isPossible() && setting.key() == null) {
      run.checkNatively(new NativeCheck(folder));
    }
    run.run();
  }
}
