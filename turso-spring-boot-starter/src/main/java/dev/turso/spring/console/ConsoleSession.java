package dev.turso.spring.console;

import dev.turso.Database;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.change.WireJson;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs one statement of the console's within its limits. Safe for any thread. */
final class ConsoleSession {

  private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES", "EXPLAIN");
  private static final Set<String> WRITING =
      Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "REFRESH");

  /** What would reach beyond this statement: other files, settings, transactions. */
  private static final Set<String> OTHER =
      Set.of(
          "ATTACH",
          "DETACH",
          "VACUUM",
          "PRAGMA",
          "ANALYZE",
          "REINDEX",
          "BEGIN",
          "COMMIT",
          "END",
          "ROLLBACK",
          "SAVEPOINT",
          "RELEASE");

  private static final int MOST_ROWS = 1000;
  private static final int MOST_CHARS = 1 << 20;
  private static final int MOST_SECONDS = 10;

  private final Database database;
  private final boolean writable;

  ConsoleSession(Database database, boolean writable) {
    this.database = database;
    this.writable = writable;
  }

  /** Why a text may not be run, or an empty text. */
  String refusal(String sql) {
    String first = firstWord(sql);
    if (READING.contains(first) || writable && WRITING.contains(first)) {
      return "";
    }
    if (WRITING.contains(first)) {
      return "the console is read-only: see turso.console.writable";
    }
    if (first.isEmpty()) {
      return "there is no statement";
    }
    return OTHER.contains(first)
        ? "the console runs no " + first
        : "near \"" + first + "\": syntax error";
  }

  /** In upper case; empty if the text begins with none. */
  private static String firstWord(String sql) {
    String rest = sql.strip();
    while (rest.startsWith("--") || rest.startsWith("/*")) {
      boolean line = rest.startsWith("--");
      int end = rest.indexOf(line ? "\n" : "*/", 2);
      rest = end < 0 ? "" : rest.substring(end + (line ? 1 : 2)).strip();
    }
    return rest.split("[^A-Za-z]", 2)[0].toUpperCase(Locale.ROOT);
  }

  /** The rows as JSON: {@code {"columns":[…],"rows":[[…]],"more":false,"changes":0,"micros":1}}. */
  String run(String sql) {
    CountDownLatch done = new CountDownLatch(1);
    try (Session session = database.connect()) {
      session.busyTimeout(5000);
      session.readOnly(!writable);
      Thread.ofVirtual().start(() -> interruptLate(session, done));
      try (Statement statement = session.prepare(sql)) {
        if (!sql.substring(Math.min(sql.length(), statement.tail())).isBlank()) {
          throw new IllegalArgumentException("one statement at a time");
        }
        return run(session, statement);
      }
    } finally {
      done.countDown();
    }
  }

  private static void interruptLate(Session session, CountDownLatch done) {
    try {
      if (!done.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        session.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String run(Session session, Statement statement) {
    long start = System.nanoTime();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < statement.columnCount(); i++) {
      columns.add(statement.columnName(i));
    }
    StringBuilder out = new StringBuilder("{\"columns\":");
    WireJson.appendStrings(out, columns);
    out.append(",\"rows\":[");
    boolean more = false;
    if (columns.isEmpty()) {
      statement.run();
    } else {
      try (Rows rows = statement.query()) {
        more = append(out, rows, columns.size());
      }
    }
    out.append("],\"more\":").append(more).append(",\"changes\":").append(session.changes());
    return out.append(",\"micros\":")
        .append((System.nanoTime() - start) / 1000)
        .append('}')
        .toString();
  }

  /** Whether there are more rows than the limits allow. */
  private static boolean append(StringBuilder out, Rows rows, int columns) {
    for (int count = 0; rows.next(); count++) {
      if (count == MOST_ROWS || out.length() > MOST_CHARS) {
        return true;
      }
      List<Value> row = new ArrayList<>(columns);
      for (int i = 0; i < columns; i++) {
        row.add(rows.get(i));
      }
      out.append(count == 0 ? "" : ",");
      WireJson.append(out, row);
    }
    return false;
  }
}
