package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While one thread's commit becomes durable the next one already writes. */
class ConcurrentWritersTest {

  private static final int WRITERS = 4;
  private static final int COMMITS = 152;

  @Test
  void eachLogsItsOwnTransactionsWhole(@TempDir Path folder) throws Exception {
    Options options = Options.DEFAULT.withJournalMode("wal").withBusyTimeout(60_000);
    try (Database database = Database.open(folder.resolve("db").toString(), options);
        Session session = database.connect()) {
      session.execute(
          """
          CREATE TABLE t (a INTEGER PRIMARY KEY, writer, n);
          PRAGMA turso_capture = 'full';
          CREATE MATERIALIZED VIEW v AS SELECT writer, count(*) AS n FROM t GROUP BY writer\
          """);
      ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        done.add(threads.submit(() -> write(database, writer)));
      }
      threads.shutdown();
      for (Future<?> each : done) {
        each.get();
      }
      assertThat(LogReplay.compare(session)).isNull();
      assertThat(
              AllRows.of(session, "SELECT count(*) FROM turso_cdc WHERE change_type = 2")
                  .toString())
          .isEqualTo("[[" + (WRITERS * COMMITS * 3 / 4 + 1) + "]]");
      assertThat(Soundness.faults(session)).isEmpty();
    }
  }

  /** Every fourth transaction is rolled back. */
  private static void write(Database database, int writer) {
    try (Session session = database.connect()) {
      for (int i = 0; i < COMMITS; i++) {
        session.execute("BEGIN IMMEDIATE");
        session.execute("INSERT INTO t(writer, n) VALUES (" + writer + ", " + i + ")");
        session.execute("UPDATE t SET n = n + 1 WHERE a = (SELECT max(a) FROM t)");
        session.execute(i % 4 == 3 ? "ROLLBACK" : "COMMIT");
      }
    }
  }
}
