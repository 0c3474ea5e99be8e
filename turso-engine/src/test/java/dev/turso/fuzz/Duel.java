package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Two engines that run the same statements; the first is right. */
final class Duel implements AutoCloseable {

  private static final String COUNTERS = "SELECT changes(), total_changes(), last_insert_rowid()";

  private static final Pattern VALUE_ERRORS =
      Pattern.compile(
          "foreign key mismatch|no such table: main|not an array element|integer overflow|malformed JSON|bad JSON path|JSON cannot hold|too big|must be a|too complex"
              + "|must be|requires|is not a number|not supported between|label");
  private static final Pattern NAMED_TWICE =
      Pattern.compile("UNIQUE ?\\(([^()]*,)? *(\\w+)\\b[^(),]*,([^()]*,)? *\\2\\b");
  private static final Pattern REAL = Pattern.compile("r(-?\\d+)\\.0(?=\\||$)");

  private final Engine theirs;
  private final Engine ours;
  private int statements;
  private int undecided;
  private int skipped;
  private boolean failed;
  private String failure = "";
  private boolean rowidsDiffer;
  private boolean changesDiffer;
  private long totalDifference;

  Duel(Engine theirs, Engine ours) {
    this.theirs = theirs;
    this.ours = ours;
  }

  int statements() {
    return statements;
  }

  /** Queries whose answers could not be compared. */
  int skipped() {
    return skipped;
  }

  /** Writes after which the databases may differ for a reason that is none of the engine's. */
  int undecided() {
    return undecided;
  }

  /** Whether the newest statement was an error in both. */
  boolean failed() {
    return failed;
  }

  /** Runs a statement on both. Returns null if they agree. */
  @Nullable Difference run(String sql) {
    statements++;
    Outcome expected = theirs.run(sql);
    if (expected.code() == Outcome.TIMEOUT) {
      skipped++;
      undecided += isQuery(sql) ? 0 : 1;
      return null;
    }
    Outcome actual = ours.run(sql);
    failed = expected.failed();
    failure = actual.message();
    if (failed && expected.message().contains("cannot store") && mayWriteMore(sql)
        || failed != actual.failed() && actual.message().contains("cannot store")) {
      // In a transaction SQLite does not undo the rows before the one whose type is wrong, nor
      // those of triggers; and where there is neither a CHECK nor an index it looks for a row with
      // the same rowid first.
      undecided++;
      return null;
    }
    if (isUndecided(expected, actual)
        || isKeyNamedTwice(sql, expected, actual)
        || isNumberOfUnion(sql, expected, actual)) {
      skipped++;
      undecided += isQuery(sql) ? 0 : 1;
      return null;
    }
    String what = compare(sql, expected, actual);
    if (what != null) {
      return new Difference(sql, what, expected, actual);
    }
    return isQuery(sql) ? null : counters(sql);
  }

  private boolean mayWriteMore(String sql) {
    return sql.contains("UPDATE")
        || sql.contains("SELECT")
        || sql.contains("), (")
        || hasTriggers();
  }

  private boolean hasTriggers() {
    return !theirs.run("SELECT 1 FROM sqlite_schema WHERE type = 'trigger'").rows().isEmpty();
  }

  /**
   * Whether one of them failed on a value: which values are computed, and whether for rows that a
   * later condition turns away, SQL leaves open.
   */
  private static boolean isUndecided(Outcome expected, Outcome actual) {
    if (actual.code() == Outcome.TIMEOUT) {
      return false;
    }
    return expected.code() != actual.code()
        && (VALUE_ERRORS.matcher(expected.message()).find()
            || VALUE_ERRORS.matcher(actual.message()).find());
  }

  /**
   * SQLite refuses to rename a column that a UNIQUE of a WITHOUT ROWID table names twice: it does not
   * find the old name any more. In other tables it renames such a column, as this engine does in all.
   */
  private boolean isKeyNamedTwice(String sql, Outcome expected, Outcome actual) {
    return sql.contains("RENAME COLUMN")
        && !actual.failed()
        && expected.message().contains("after rename: no such column")
        && theirs
            .run("SELECT sql FROM sqlite_schema WHERE sql LIKE '%WITHOUT ROWID%'")
            .rows()
            .stream()
            .anyMatch(each -> NAMED_TWICE.matcher(each).find());
  }

  /**
   * Whether only 12 and 12.0 differ in a UNION with several rows of VALUES: which SELECT's affinity
   * a column of a compound has, SQLite leaves open (datatype3, Column Affinity For Compound Views).
   */
  private static boolean isNumberOfUnion(String sql, Outcome expected, Outcome actual) {
    return sql.contains("UNION VALUES")
        && sql.contains(" AS REAL)")
        && expected.code() == actual.code()
        && !expected.rows().equals(actual.rows())
        && keys(expected).stream()
            .sorted()
            .toList()
            .equals(keys(actual).stream().sorted().toList());
  }

  private @Nullable Difference counters(String sql) {
    Outcome expected = theirs.run(COUNTERS);
    Outcome actual = ours.run(COUNTERS);
    String[] theirs = expected.rows().get(0).split("\\|");
    String[] mine = actual.rows().get(0).split("\\|");
    long total = Long.parseLong(theirs[1]) - Long.parseLong(mine[1]);
    // How far a failing statement came before it failed, SQL leaves open; so does VACUUM.
    // DROP TABLE counts rows where foreign keys make it look at them.
    if (failed || sql.startsWith("VACUUM") || sql.startsWith("DROP TABLE")) {
      rowidsDiffer = true;
      changesDiffer = true;
      totalDifference = total;
    }
    changesDiffer &= !theirs[0].equals(mine[0]);
    rowidsDiffer &= !theirs[2].equals(mine[2]);
    boolean same =
        (changesDiffer || theirs[0].equals(mine[0]))
            && total == totalDifference
            && (rowidsDiffer || theirs[2].equals(mine[2]));
    return same ? null : new Difference(sql, "counters", expected, actual);
  }

  private static boolean isQuery(String sql) {
    String head = sql.stripLeading();
    return head.regionMatches(true, 0, "SELECT", 0, 6)
        || head.regionMatches(true, 0, "WITH", 0, 4)
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
    boolean limited = sql.contains("LIMIT") && isOrdered(sql);
    if (!limited && !expected.sorted().equals(actual.sorted())) {
      return "rows";
    }
    return isOrdered(sql) && !keys(expected).equals(keys(actual)) ? "order" : null;
  }

  /** Rows without what an order does not tell: 1 and 1.0, 'a' and 'A '. */
  private static List<String> keys(Outcome outcome) {
    return outcome.rows().stream()
        .map(each ->
            REAL.matcher(each).replaceAll("$1").toLowerCase(Locale.ROOT).replaceAll(" +'", "'"))
        .map(each -> each.replaceAll("(^|\\|)-0(?=\\||$)", "$10"))
        .toList();
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
    Difference difference =
        run(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'");
    List<String> tables = new ArrayList<>(theirs.run(names).rows());
    if (hasTriggers()) {
      // SQLite counts at the end of the outermost statement: a trigger that might have inserted
      // leaves a row with 0, and one that failed under OR FAIL does not count what it has inserted.
      tables.remove("'sqlite_sequence'");
    }
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
