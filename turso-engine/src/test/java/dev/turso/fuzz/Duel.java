package dev.turso.fuzz;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Two engines that run the same statements; the first is right. */
final class Duel implements AutoCloseable {

  private static final String COUNTERS =
      "SELECT changes(), total_changes(), last_insert_rowid()";

  private final Engine theirs;
  private final Engine ours;
  private int statements;
  private int undecided;

  Duel(Engine theirs, Engine ours) {
    this.theirs = theirs;
    this.ours = ours;
  }

  int statements() {
    return statements;
  }

  /** Statements whose outcomes could not be compared: too long for one of the engines. */
  int undecided() {
    return undecided;
  }

  /** Runs a statement on both. Returns null if they agree. */
  @Nullable Difference run(String sql) {
    statements++;
    Outcome expected = theirs.run(sql);
    if (expected.code() == Outcome.TIMEOUT) {
      undecided++;
      return null;
    }
    Outcome actual = ours.run(sql);
    String what = compare(sql, expected, actual);
    if (what != null) {
      return new Difference(sql, what, expected, actual);
    }
    return isQuery(sql) ? null : counters(sql);
  }

  private @Nullable Difference counters(String sql) {
    Outcome expected = theirs.run(COUNTERS);
    Outcome actual = ours.run(COUNTERS);
    return expected.rows().equals(actual.rows())
        ? null
        : new Difference(sql, "counters", expected, actual);
  }

  private static boolean isQuery(String sql) {
    String head = sql.stripLeading();
    return head.regionMatches(true, 0, "SELECT", 0, 6)
        || head.regionMatches(true, 0, "VALUES", 0, 6);
  }

  private static @Nullable String compare(String sql, Outcome expected, Outcome actual) {
    if (actual.code() == Outcome.CRASH) {
      return "crash";
    }
    if (expected.code() != actual.code()) {
      return "result code";
    }
    if (expected.rows().equals(actual.rows())) {
      return null;
    }
    if (!expected.sorted().equals(actual.sorted())) {
      return "rows";
    }
    return isOrdered(sql) ? "order" : null;
  }

  /** Whether the rows must come in an order, which the makers write at a statement's very end. */
  static boolean isOrdered(String sql) {
    int at = sql.lastIndexOf("ORDER BY");
    return at > 0 && isQuery(sql) && closes(sql, at) && !sql.endsWith("/* any order */");
  }

  /** Whether no bracket around a place closes after it. */
  private static boolean closes(String sql, int at) {
    int depth = 0;
    for (int i = at; i < sql.length(); i++) {
      depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }

  /** Compares the content of all tables and the definitions of everything. */
  @Nullable Difference content() {
    String names =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' ORDER BY 1";
    Difference difference = run("SELECT type, name, tbl_name, sql FROM sqlite_schema");
    List<String> tables = theirs.run(names).rows();
    for (int i = 0; i < tables.size() && difference == null; i++) {
      String name = tables.get(i).substring(1, tables.get(i).length() - 1);
      difference = run(String.format(Locale.ROOT, "SELECT * FROM \"%s\"", name));
    }
    if (difference == null) {
      Outcome checked = ours.run("PRAGMA integrity_check");
      if (!checked.rows().equals(List.of("'ok'"))) {
        Outcome expected = theirs.run("PRAGMA integrity_check");
        if (!expected.sorted().equals(checked.sorted())) {
          return new Difference("PRAGMA integrity_check", "integrity", expected, checked);
        }
      }
    }
    return difference;
  }

  @Override
  public void close() {
    theirs.close();
    ours.close();
  }
}
