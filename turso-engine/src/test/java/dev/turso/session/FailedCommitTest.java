package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.IoException;
import dev.turso.vfs.SimulatedFileSystem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A COMMIT that the disk does not make durable. */
class FailedCommitTest {

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE", "TRUNCATE"})
  void endsTheTransactionSoThatNobodyGoesOnWithHalfOfIt(String journalMode) {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    try (Database database = Database.open(disk, List.of(), "/a", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=" + journalMode + "; CREATE TABLE t(x)");
      session.execute("BEGIN; INSERT INTO t VALUES(1)");
      disk.failSyncAt(disk.syncs() + 1);
      assertThatThrownBy(() -> session.execute("COMMIT")).isInstanceOf(IoException.class);
      assertThat(session.autoCommit()).isTrue();
      assertThatThrownBy(() -> session.execute("COMMIT")).hasMessageContaining("no transaction");
      session.execute("INSERT INTO t VALUES(2)");
      assertThat(SessionRows.of(session, "SELECT * FROM t")).isEqualTo("2");
    }
  }

  /** Whoever read before it and writes then has nothing of it, though it was in the cache already. */
  @Test
  void isNotSeenByATransactionThatWasOpenBesideIt() {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    try (Database database = Database.open(disk, List.of(), "/a", Options.DEFAULT);
        Session session = database.connect();
        Session beside = database.connect()) {
      session.execute(
          "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
              + " CREATE TABLE t(x); INSERT INTO t VALUES('before')");
      beside.execute("BEGIN");
      assertThat(SessionRows.of(beside, "SELECT * FROM t")).isEqualTo("before");
      session.execute("BEGIN; UPDATE t SET x = 'failed'");
      disk.failSyncAt(disk.syncs() + 1);
      assertThatThrownBy(() -> session.execute("COMMIT")).isInstanceOf(IoException.class);
      beside.execute("INSERT INTO t VALUES('beside')");
      assertThat(SessionRows.of(beside, "SELECT * FROM t")).isEqualTo("before\nbeside");
      beside.execute("COMMIT");
      assertThat(SessionRows.of(session, "SELECT * FROM t")).isEqualTo("before\nbeside");
      assertThat(SessionRows.of(session, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  /** With room for a few pages only, what the open transaction sees has to be read from the log again. */
  @Test
  void leavesWhatAnOpenTransactionSeesInTheLog() {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    Options few = Options.DEFAULT.withCacheBytes(1);
    try (Database database = Database.open(disk, List.of(), "/a", few);
        Session session = database.connect();
        Session beside = database.connect()) {
      session.execute(
          "PRAGMA page_size=1024; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
              + " PRAGMA wal_autocheckpoint=0; CREATE TABLE t(x);"
              + " INSERT INTO t SELECT printf('%0500d', value) FROM generate_series(1, 200)");
      beside.execute("BEGIN");
      String sum = "SELECT count(*), sum(x) FROM t";
      assertThat(SessionRows.of(beside, sum)).isEqualTo("200|20100");
      session.execute("BEGIN; DELETE FROM t WHERE rowid % 3 = 0");
      disk.failSyncAt(disk.syncs() + 1);
      assertThatThrownBy(() -> session.execute("COMMIT")).isInstanceOf(IoException.class);
      for (int i = 0; i < 3; i++) {
        assertThat(SessionRows.of(beside, sum)).isEqualTo("200|20100");
      }
      beside.execute("COMMIT");
      assertThat(SessionRows.of(session, sum)).isEqualTo("200|20100");
      assertThat(SessionRows.of(session, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }
}
