package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.IoException;
import dev.turso.vfs.SimulatedFileSystem;
import java.util.List;
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
}
