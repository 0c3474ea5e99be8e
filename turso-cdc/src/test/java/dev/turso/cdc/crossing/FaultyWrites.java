package dev.turso.cdc.crossing;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.error.ConstraintException;
import dev.turso.error.DatabaseException;
import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.vfs.MemoryFileSystem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random program whose transactions meet a full file or a disk that fails a write, at any of their
 * statements or while they commit: below triggers, between savepoints, while views and log are written.
 *
 * <p>What did not commit must have left nothing: tables, views, their state and the log are what they were, a
 * live query saw none of it, and another session writes on.
 */
final class FaultyWrites {

  /** What became of a transaction that met a fault. */
  enum Outcome {
    STATEMENT_UNDONE,
    TRANSACTION_OVER,
    COMMIT_DID_NOT_FIT,
    COMMIT_NOT_WRITTEN,
    COMMITTED
  }

  private static final String LIVE =
      "SELECT customer, count(*) AS n, sum(amount) AS s FROM orders GROUP BY customer";
  private static final int CACHE_BYTES = 96 << 10;
  private static final int MORE_VIEWS = 5;

  private final Random random;
  private final String journal;
  private final CrossingScript script;
  private final List<String> views = new ArrayList<>(CrossingScript.VIEWS);
  private final MemoryFileSystem memory = new MemoryFileSystem();
  private final List<String> done = new ArrayList<>();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final long seed;

  /** After how many calls to the disk one fails; not positive where none does. */
  private int left;

  private Database database;
  private Session session;
  private Session other;
  private Follower follower;
  private LiveQuery live;

  @SuppressWarnings("NullAway.Init") // open() sets the rest
  FaultyWrites(long seed) {
    this.seed = seed;
    random = new Random(seed);
    journal = seed % 2 == 0 ? "WAL" : "DELETE";
    script = new CrossingScript(seed, false);
    List<String> more = new ArrayList<>(CrossingScript.MORE_VIEWS);
    Collections.shuffle(more, new Random(seed));
    views.addAll(more.subList(0, MORE_VIEWS));
  }

  /** Runs so many transactions; tells how often each outcome was seen. */
  Map<Outcome, Integer> run(int most) throws InterruptedException {
    open();
    try {
      CrossingScript.setUp().forEach(each -> CrossingScript.run(session, each));
      views
          .subList(CrossingScript.VIEWS.size(), views.size())
          .forEach(each -> CrossingScript.run(session, List.of(each)));
      for (int i = 0; i < 12; i++) {
        CrossingScript.run(session, script.step());
      }
      follow();
      for (int i = 0; i < most; i++) {
        step();
        if (i % 16 == 15) {
          restart();
        }
      }
    } catch (DatabaseException | AssertionError e) {
      throw new AssertionError(
          "seed "
              + seed
              + " "
              + journal
              + " after\n  "
              + String.join("\n  ", done.subList(Math.max(0, done.size() - 15), done.size())),
          e);
    } finally {
      left = 0;
      close();
    }
    return outcomes;
  }

  private void open() {
    FaultyFileSystem files =
        new FaultyFileSystem(
            memory,
            (operation, path, count) -> {
              if (left > 0 && --left == 0) {
                done.add(operation + " of " + path + " fails");
                throw new IoException(ResultCode.IOERR_WRITE, "disk I/O error");
              }
              return false;
            });
    Options options = Options.DEFAULT.withJournalMode(journal).withCacheBytes(CACHE_BYTES);
    database = Database.open(files, "/db", options.withChangeSetBytes(4096));
    session = database.connect();
    other = database.connect();
    session.execute(
        "PRAGMA foreign_keys = ON; PRAGMA cache_size = 20; PRAGMA busy_timeout = 60000");
    other.execute("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 60000");
  }

  private void follow() {
    follower = new Follower();
    live = LiveQueries.of(database).subscribe(LIVE, List.of(), follower);
  }

  private void close() {
    if (live != null) {
      live.close();
    }
    session.close();
    other.close();
    database.close();
  }

  private void restart() throws InterruptedException {
    done.add("restart");
    DatabaseState before = DatabaseState.of(session);
    close();
    open();
    follow();
    mustBe(before, "after a restart");
  }

  private void step() throws InterruptedException {
    DatabaseState before = DatabaseState.of(other);
    List<String> transaction = script.step();
    fault(true);
    boolean committed = false;
    Outcome outcome = null;
    for (String each : transaction) {
      boolean was = session.inTransaction();
      if (!was && CrossingScript.isWithin(each)) {
        continue;
      }
      Outcome met = execute(each);
      outcome = met == null ? outcome : met;
      committed |= met == null && !session.inTransaction() && !each.equals("ROLLBACK");
    }
    left = 0;
    if (session.inTransaction()) {
      session.execute("ROLLBACK");
    }
    fault(false);
    if (outcome != null) {
      outcomes.merge(committed ? Outcome.COMMITTED : outcome, 1, Integer::sum);
    }
    if (!committed) {
      mustBe(before, "after what did not commit");
    }
    look();
  }

  /** Lets a later call fail: with a page limit, or after some writes. */
  private void fault(boolean set) {
    if (!set) {
      session.execute("PRAGMA max_page_count = 1073741823");
    } else if (random.nextBoolean()) {
      session.execute(
          "PRAGMA max_page_count = "
              + (Long.parseLong(Sql.texts(session, "PRAGMA page_count").get(0))
                  + random.nextInt(5)));
    } else {
      left = 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
    }
  }

  /** What the fault led to, if it came. */
  private @Nullable Outcome execute(String sql) {
    done.add(sql);
    try {
      session.execute(sql);
      return null;
    } catch (ConstraintException e) {
      done.add("  -- " + e.getMessage());
      return null;
    } catch (SqlException e) {
      done.add("  -- " + e.getMessage());
      if (!String.valueOf(e.getMessage()).contains("must be rolled back")) {
        CrossingScript.refuseUnlessGone(sql, e);
      }
      return null;
    } catch (IoException e) {
      done.add("  -- " + e.getMessage() + ", in transaction: " + session.inTransaction());
      left = 0;
      if (!sql.equals("COMMIT")) {
        return session.inTransaction() ? Outcome.STATEMENT_UNDONE : Outcome.TRANSACTION_OVER;
      }
      if (session.inTransaction()) {
        throw new AssertionError("a COMMIT that the disk refused has left its transaction open");
      }
      return e.code() == ResultCode.FULL ? Outcome.COMMIT_DID_NOT_FIT : Outcome.COMMIT_NOT_WRITTEN;
    }
  }

  private void look() throws InterruptedException {
    List<String> faults = Soundness.faults(other);
    if (!faults.isEmpty()) {
      throw new AssertionError(faults.toString());
    }
    CrossingScript.run(
        other,
        List.of(
            "INSERT OR REPLACE INTO orders VALUES(100, NULL, " + random.nextInt(9) + ", 1.5, '')"));
    faults = Soundness.faults(session);
    if (!faults.isEmpty()) {
      throw new AssertionError("another session wrote, and: " + faults);
    }
    database.changes().awaitDelivered(database.position(), 60_000);
    String rows =
        AllRows.of(other, LIVE).stream().map(Object::toString).sorted().toList().toString();
    String seen = follower.rows(rows);
    if (!seen.equals(rows)) {
      throw new AssertionError("the live query has seen " + seen + " instead of " + rows);
    }
  }

  private void mustBe(DatabaseState before, String when) {
    for (Session each : List.of(session, other)) {
      List<String> differences = before.differences(DatabaseState.of(each));
      if (!differences.isEmpty()) {
        throw new AssertionError("other rows " + when + " in " + differences);
      }
    }
  }
}
