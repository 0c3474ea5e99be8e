package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeSet;
import dev.turso.change.TransactionView;
import dev.turso.error.DatabaseException;
import dev.turso.error.InterruptedStatementException;
import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.session.Extensions;
import dev.turso.vfs.MemoryFileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A transaction in which the maintenance of a view failed half-way never commits what is half done. */
class DoomedTransactionTest {

  private static final class FailsOnce extends FaultyExtension {
    private @Nullable DatabaseException failure;

    FailsOnce(AttachedExtension real) {
      super(real);
    }

    @Override
    public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
      real.maintain(transaction, changes, from, to);
      DatabaseException thrown = failure;
      failure = null;
      if (thrown != null) {
        throw thrown;
      }
    }
  }

  @Test
  void itCanGoBackButNotCommit() {
    FailsOnce[] views = new FailsOnce[1];
    try (Database database =
            Database.open(
                new MemoryFileSystem(),
                FaultyExtension.planted(
                    Extensions.installed(), "turso-dbsp", real -> views[0] = new FailsOnce(real)),
                "/db",
                Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      session.execute("CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n, sum(b) AS s FROM t");
      session.execute("INSERT INTO t VALUES (1, 1)");

      session.execute("BEGIN; INSERT INTO t VALUES (2, 2)");
      views[0].failure = new InterruptedStatementException(ResultCode.INTERRUPT, "interrupted");
      assertThatThrownBy(() -> session.execute("COMMIT"))
          .isInstanceOf(InterruptedStatementException.class);
      assertThatThrownBy(() -> session.execute("COMMIT")).isInstanceOf(SqlException.class);
      assertThatThrownBy(() -> AllRows.of(session, "SELECT * FROM v"))
          .isInstanceOf(SqlException.class)
          .hasMessageContaining("must be rolled back");
      session.execute("ROLLBACK");
      assertThat(AllRows.of(session, "SELECT * FROM v").toString()).isEqualTo("[[1, 1]]");

      session.execute("BEGIN; SAVEPOINT s; INSERT INTO t VALUES (2, 2)");
      views[0].failure = new IoException(ResultCode.IOERR_WRITE, "disk I/O error");
      assertThatThrownBy(() -> AllRows.of(session, "SELECT * FROM v"))
          .isInstanceOf(IoException.class);
      session.execute("ROLLBACK TO s; INSERT INTO t VALUES (3, 3); COMMIT");
      assertThat(AllRows.of(session, "SELECT * FROM v").toString()).isEqualTo("[[2, 4]]");
      assertThat(Soundness.faults(session)).isEmpty();

      session.execute("BEGIN; INSERT INTO t VALUES (4, 4)");
      views[0].failure = new IoException(ResultCode.FULL, "database or disk is full");
      assertThatThrownBy(() -> session.execute("COMMIT")).isInstanceOf(IoException.class);
      assertThat(session.inTransaction()).as("as in SQLite").isFalse();
      assertThat(AllRows.of(session, "SELECT * FROM v").toString()).isEqualTo("[[2, 4]]");
      assertThat(Soundness.faults(session)).isEmpty();
    }
  }
}
