package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.RowChange;
import dev.turso.schema.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a listener is told of a transaction is the same whether its change set fits into memory or spills
 * after every few rows, with savepoints rolled back on both sides of where the file begins.
 */
class ChangeLogProperties {

  private static final class Recorder implements CommitListener {
    private final List<String> told = new ArrayList<>();

    @Override
    public boolean wants(Table table) {
      return true;
    }

    @Override
    public synchronized void committed(CommittedChanges commit) {
      told.add("commit of " + commit.changes().size());
      ChangeCursor cursor = commit.changes().cursor();
      while (cursor.next()) {
        told.add(line(cursor.change()));
      }
    }

    private static String line(RowChange change) {
      return change.operation()
          + " "
          + change.table().name()
          + " "
          + change.origin()
          + " "
          + change.rowidBefore()
          + " "
          + change.rowidAfter()
          + " "
          + hash(change, change.beforeOffset(), change.beforeLength())
          + " "
          + hash(change, change.afterOffset(), change.afterLength());
    }

    private static int hash(RowChange change, int offset, int length) {
      return length < 0
          ? -1
          : Arrays.hashCode(Arrays.copyOfRange(change.buffer(), offset, offset + length));
    }
  }

  @Test
  void aSpilledChangeSetTellsTheSame() throws Exception {
    long seed = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
    System.out.println("ChangeLogProperties seed " + seed);
    for (int round = 0; round < 8; round++) {
      List<String> script = script(new Random(seed + round));
      assertThat(told(script, 1024)).as("seed " + (seed + round)).isEqualTo(told(script, 1 << 24));
    }
  }

  private static List<String> told(List<String> script, long changeSetBytes) throws Exception {
    Recorder recorder = new Recorder();
    try (Database database =
            Database.open(":memory:", Options.DEFAULT.withChangeSetBytes(changeSetBytes));
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b); CREATE TABLE u(a, b)");
      try (ChangeStream.Subscription subscription = database.changes().subscribe(recorder)) {
        for (String each : script) {
          session.execute(each);
          if (!session.inTransaction()) {
            // One commit at a time, so that the small stream drops none.
            assertThat(database.changes().awaitDelivered(session.lastCommit(), 20_000)).isTrue();
          }
        }
      }
    }
    return recorder.told;
  }

  private static List<String> script(Random random) {
    List<String> script = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      script.add("BEGIN");
      int depth = 0;
      for (int n = 0; n < 40; n++) {
        script.add(change(random));
        if (random.nextInt(4) == 0) {
          script.add("SAVEPOINT s" + depth++);
        } else if (depth > 0 && random.nextInt(4) == 0) {
          int to = random.nextInt(depth);
          depth = to;
          script.add("ROLLBACK TO s" + to);
          script.add("RELEASE s" + to);
        }
      }
      script.add(i == 2 ? "ROLLBACK" : "COMMIT");
    }
    return script;
  }

  private static String change(Random random) {
    int id = random.nextInt(30);
    int size = random.nextInt(10) == 0 ? 3000 : random.nextInt(200);
    String value = "printf('%.*c', " + size + ", 'x')";
    return switch (random.nextInt(5)) {
      case 0 -> "DELETE FROM t WHERE a < " + id / 3;
      case 1 -> "UPDATE t SET b = " + value + " WHERE a % 7 = " + id % 7;
      case 2 -> "INSERT INTO u SELECT a, b FROM t WHERE a % 3 = " + id % 3;
      case 3 -> random.nextInt(4) == 0 ? "DELETE FROM u" : "DELETE FROM u WHERE a = " + id;
      default -> "REPLACE INTO t VALUES(" + id + ", " + value + ")";
    };
  }
}
