package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeSet;
import dev.turso.change.TransactionView;
import dev.turso.error.DatabaseException;
import dev.turso.session.Extensions;
import dev.turso.value.Value;
import dev.turso.vfs.MemoryFileSystem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Views and log catch up in the middle of a long statement, as often as a change set of a kilobyte makes
 * them; whatever becomes of the statement then, the database is the same as one in which they wait for
 * its end.
 *
 * <p>{@code -Dturso.long.steps} says how many steps, {@code -Dturso.seed} which.
 */
class LongStatementTest {

  private static final int STEPS = Integer.getInteger("turso.long.steps", 60);
  private static final int STEPS_OF_ONE = 30;
  private static final long SEED =
      Long.getLong("turso.seed", LocalDate.now().toEpochDay() * 10_000);

  private final List<String> done = new ArrayList<>();
  private long rounds;
  private long failures;
  private boolean running;

  /** Counts the rounds of maintenance that a statement caused. */
  private final class Counting extends FaultyExtension {

    Counting(AttachedExtension real) {
      super(real);
    }

    @Override
    public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
      rounds += running ? 1 : 0;
      real.maintain(transaction, changes, from, to);
    }
  }

  @Test
  void aStatementEndsAsIfViewsAndLogHadWaitedForItsEnd() {
    long statements = 0;
    for (int i = 0; i < Math.max(1, STEPS / STEPS_OF_ONE); i++) {
      statements += run(SEED + i);
    }
    System.out.printf(
        "LongStatementTest seed %d: %d statements, %d of them failed, %d rounds of maintenance%n",
        SEED, statements, failures, rounds);
    assertThat(rounds).isGreaterThan(2 * statements);
    assertThat(failures).isPositive();
  }

  private long run(long seed) {
    done.clear();
    LongStatementScript script = new LongStatementScript(new Random(seed));
    try (Database often = open(1024);
        Database atTheEnd = open(16 << 20);
        Session first = often.connect();
        Session second = atTheEnd.connect()) {
      for (Session each : List.of(first, second)) {
        LongStatementScript.SCHEMA.forEach(each::execute);
        LongStatementScript.VIEWS.forEach(view -> each.execute("CREATE MATERIALIZED VIEW " + view));
      }
      for (int i = 0; i < STEPS_OF_ONE; i++) {
        for (String each : script.step()) {
          execute(first, second, each);
        }
        if (first.inTransaction()) {
          execute(first, second, "ROLLBACK");
        }
        look(first, second);
      }
      return done.size();
    } catch (Exception | AssertionError e) {
      String last = String.join("\n  ", done.subList(Math.max(0, done.size() - 12), done.size()));
      throw new AssertionError("seed " + seed + " after\n  " + last, e);
    }
  }

  private Database open(int bytes) {
    return Database.open(
        new MemoryFileSystem(),
        bytes > 1024
            ? Extensions.installed()
            : FaultyExtension.planted(Extensions.installed(), "turso-dbsp", Counting::new),
        "/db",
        Options.DEFAULT.withChangeSetBytes(bytes));
  }

  private void execute(Session first, Session second, String sql) {
    running = true;
    String outcome = outcome(first, sql);
    running = false;
    done.add(sql + " -- " + outcome);
    assertThat(outcome(second, sql)).as("when views and log wait for the end").isEqualTo(outcome);
    assertThat(first.inTransaction()).isEqualTo(second.inTransaction());
    failures += outcome.startsWith("[") ? 0 : 1;
    if (first.inTransaction()) {
      assertThat(wrongViews(first)).isEmpty();
    }
  }

  private static String outcome(Session session, String sql) {
    try {
      return AllRows.of(session, sql).toString();
    } catch (DatabaseException e) {
      return e.code() + ": " + e.getMessage();
    }
  }

  private static void look(Session first, Session second) {
    assertThat(Soundness.faults(first)).isEmpty();
    for (String each : List.of("customers", "orders", "items", "audit", "totals")) {
      String query = "SELECT * FROM " + each;
      assertThat(AllRows.of(first, query)).as(each).isEqualTo(AllRows.of(second, query));
    }
    for (String each : LongStatementScript.VIEWS) {
      String query = "SELECT * FROM " + each.substring(0, each.indexOf(' '));
      assertThat(sorted(first, query)).as(query).isEqualTo(sorted(second, query));
    }
    // Ids that a statement was given and then undone are not used again: they differ.
    String log =
        "SELECT change_type, table_name, id, \"before\", iif(change_type = 2, NULL, \"after\")"
            + " FROM turso_cdc WHERE table_name IS NOT 'sqlite_schema' ORDER BY change_id";
    assertThat(logged(first, log)).isEqualTo(logged(second, log));
  }

  private static List<String> logged(Session session, String sql) {
    List<String> lines = new ArrayList<>();
    for (List<Value> each : AllRows.of(session, sql)) {
      lines.add(each.toString());
    }
    return lines;
  }

  /** Inside a transaction, too, a view is its query. */
  private static List<String> wrongViews(Session session) {
    List<String> wrong = new ArrayList<>();
    for (String each : LongStatementScript.VIEWS) {
      String view = each.substring(0, each.indexOf(' '));
      String query = each.substring(each.indexOf(" AS ") + 4);
      if (!sorted(session, "SELECT * FROM " + view).equals(sorted(session, query))) {
        wrong.add(view);
      }
    }
    return wrong;
  }

  private static List<String> sorted(Session session, String sql) {
    List<String> rows = new ArrayList<>();
    AllRows.of(session, sql).forEach(each -> rows.add(each.toString()));
    Collections.sort(rows);
    return rows;
  }
}
