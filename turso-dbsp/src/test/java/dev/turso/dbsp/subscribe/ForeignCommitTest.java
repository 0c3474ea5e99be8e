package dev.turso.dbsp.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits of another process reach views and live queries without a write of our own. */
class ForeignCommitTest {

  @TempDir Path folder;

  @Test
  void viewsAndLiveQueriesCorrectThemselvesWithinASecond() throws Exception {
    assumeTrue(sqlite3("--version") == 0, "the sqlite3 shell is not installed");
    String file = folder.resolve("shared.db").toString();
    try (Database database = Database.open(file, Options.DEFAULT.withBusyTimeout(5000));
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode = wal");
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT, v INTEGER)");
      session.execute("CREATE MATERIALIZED VIEW m AS SELECT k, SUM(v) AS s FROM t GROUP BY k");
      session.execute("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)");
      LiveQueries live = LiveQueries.of(database);
      List<LiveMessage> ofTable = new CopyOnWriteArrayList<>();
      List<LiveMessage> ofView = new CopyOnWriteArrayList<>();
      try (LiveQuery one = live.subscribe("SELECT v FROM t WHERE id = 1", List.of(), ofTable::add);
          LiveQuery two = live.subscribe("SELECT s FROM m WHERE k = 'a'", List.of(), ofView::add)) {
        await(() -> ofTable.size() == 1 && ofView.size() == 1);
        assertThat(sqlite3(file, "UPDATE t SET v = 50 WHERE id = 1")).isZero();
        await(() -> last(ofTable).contains("50") && last(ofView).contains("50"));
        session.execute("UPDATE t SET v = v + 1 WHERE id = 1");
        await(() -> last(ofTable).contains("51") && last(ofView).contains("51"));
        assertThat(sqlite3(file, "DELETE FROM t WHERE id = 1")).isZero();
        await(() -> one.rows() == 0 && two.rows() == 0);
      }
      assertThat(sqlite3(file, "PRAGMA integrity_check")).isZero();
    }
  }

  private static String last(List<LiveMessage> messages) {
    return messages.get(messages.size() - 1).changes().toString();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static int sqlite3(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "sqlite3";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
