package dev.turso.cdc.crossing;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.BusyException;
import dev.turso.error.ConstraintException;
import dev.turso.error.SqlException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * One of the writers of {@link LogReplayTest}: a session with scripts of its own. Others may be in its
 * way; a step that meets their locks is given up. As a process of its own it writes until its input
 * ends, and then prints how many steps it made.
 */
final class ReplayWriter implements AutoCloseable {

  static final Options OPTIONS = Options.DEFAULT.withJournalMode("WAL").withCacheBytes(512 << 10);

  /** What there is in a program besides the tables and the changes of their rows. */
  enum Mix {
    /** Eight views and others that come and go, and definitions in every third step. */
    DEFINITIONS(3, 1),
    /** Mostly changes of rows: no views, definitions in one step of twenty or so. */
    ROWS(24, 6);

    private final int alterEvery;
    private final int defineEvery;

    Mix(int alterEvery, int defineEvery) {
      this.alterEvery = alterEvery;
      this.defineEvery = defineEvery;
    }

    /** Of every ten programs one has more definitions. */
    static Mix of(long program) {
      return program % 10 == 0 ? DEFINITIONS : ROWS;
    }
  }

  private final Session session;
  private final Mix mix;
  private final Random random;
  private final CrossingScript script;
  private final AlterationScript alterations;
  private final Deque<String> open = new ArrayDeque<>();
  private final Deque<String> done = new ArrayDeque<>();
  private int steps;

  /**
   * @param name part of the names of what it makes
   */
  ReplayWriter(Session session, Mix mix, long seed, String name) {
    this.session = session;
    this.mix = mix;
    this.random = new Random(seed);
    this.script = new CrossingScript(seed, true, "d" + name);
    this.alterations = new AlterationScript(new Random(seed), name);
    session.execute("PRAGMA foreign_keys = on; PRAGMA synchronous = NORMAL");
  }

  public static void main(String[] arguments) throws Exception {
    Thread ending = new Thread(ReplayWriter::awaitEndOfInput);
    ending.setDaemon(true);
    ending.start();
    try (Database database = Database.open(arguments[0], OPTIONS);
        ReplayWriter writer =
            new ReplayWriter(
                database.connect(),
                Mix.valueOf(arguments[3]),
                Long.parseLong(arguments[1]),
                arguments[2])) {
      writer.session.busyTimeout(60_000);
      while (ending.isAlive()) {
        writer.statements(Integer.MAX_VALUE);
        // The file's locks have no queue: who never rests leaves no room for others.
        LockSupport.parkNanos(writer.random.nextInt(3_000_000));
      }
      System.out.println("steps " + writer.steps);
    } catch (RuntimeException | AssertionError e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      return;
    }
  }

  /** Makes the tables, and the views if the mix has them. */
  void setUp() {
    CrossingScript.SCHEMA.forEach(session::execute);
    if (mix == Mix.DEFINITIONS) {
      CrossingScript.VIEWS.forEach(session::execute);
    }
  }

  Session session() {
    return session;
  }

  int steps() {
    return steps;
  }

  /** Goes on in the step in hand, or with the next one, for so many statements at most. */
  void statements(int most) {
    if (open.isEmpty()) {
      steps++;
      open.addAll(nextStep());
      if (steps % mix.alterEvery == 0) {
        alter();
      }
    }
    for (int i = 0; i < most && !open.isEmpty(); i++) {
      execute(open.removeFirst());
    }
    if (open.isEmpty() && session.inTransaction()) {
      execute("ROLLBACK");
    }
  }

  private List<String> nextStep() {
    List<String> step = script.step();
    while (step.size() == 1 && isDefinition(step.getFirst()) && passesOver(step.getFirst())) {
      step = script.step();
    }
    return step;
  }

  private static boolean isDefinition(String sql) {
    return sql.startsWith("CREATE")
        || sql.startsWith("ALTER")
        || sql.startsWith("DROP")
        || sql.startsWith("REFRESH")
        || sql.equals("VACUUM");
  }

  private boolean passesOver(String definition) {
    return namesView(definition) || random.nextInt(mix.defineEvery) != 0;
  }

  /** Whether a statement is about views where there are none. */
  private boolean namesView(String sql) {
    return mix == Mix.ROWS && (sql.contains("v_") || sql.contains("MATERIALIZED"));
  }

  /** Ends the step in hand. */
  void finish() {
    if (!open.isEmpty()) {
      statements(Integer.MAX_VALUE);
    }
  }

  private void execute(String sql) {
    if (!session.inTransaction() && isWithin(sql) || namesView(sql)) {
      return;
    }
    try {
      note(sql);
      session.execute(sql);
    } catch (ConstraintException e) {
      note("  -- " + e.getMessage());
    } catch (BusyException e) {
      note("  -- " + e.getMessage());
      giveUp();
    } catch (SqlException e) {
      if (!isOfAnother(e)) {
        throw new AssertionError(this + "\n" + sql, e);
      }
      note("  -- " + e.getMessage());
      giveUp();
    } catch (RuntimeException e) {
      throw new AssertionError(this + "\n" + sql, e);
    }
  }

  /** What a script names may have been rolled back, with the step it was in or by OR ROLLBACK. */
  private static boolean isOfAnother(SqlException e) {
    return String.valueOf(e.getMessage()).startsWith("no such savepoint: s")
        || String.valueOf(e.getMessage()).startsWith("no such table: d");
  }

  private void alter() {
    String sql = alterations.next(session);
    try {
      note(sql);
      session.execute(sql);
    } catch (ConstraintException | BusyException | SqlException e) {
      note("  -- " + e.getMessage());
      giveUp();
      alterations.look(session);
    } catch (RuntimeException e) {
      throw new AssertionError(this + "\n" + sql, e);
    }
    if (sql.contains("ROLLBACK TO")) {
      alterations.look(session);
    }
  }

  private void giveUp() {
    open.clear();
    if (session.inTransaction()) {
      session.execute("ROLLBACK");
    }
  }

  /** Whether a statement means nothing once its transaction has ended. */
  private static boolean isWithin(String statement) {
    return statement.startsWith("ROLLBACK")
        || statement.startsWith("RELEASE")
        || statement.startsWith("COMMIT");
  }

  private void note(String text) {
    done.add(text);
    if (done.size() > 30) {
      done.removeFirst();
    }
  }

  /** The newest statements. */
  @Override
  public String toString() {
    return "step " + steps + " after\n  " + String.join("\n  ", done);
  }

  @Override
  public void close() {
    session.close();
  }
}
