package dev.turso.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes queries whose answer, but for the order of rows, SQL determines. */
final class RandomQueries {

  private static final String[] ARITHMETIC = {"+", "-", "*", "/", "%", "&", "|", "<<", ">>", "||"};
  private static final String[] COMPARISONS = {"=", "<>", "<", "<=", ">", ">=", "IS", "IS NOT"};
  private static final String[] CONSTANTS = {
    "NULL", "0", "1", "2", "-1", "3.0", "2.5", "'1'", "'a'", "'B'", "''", "x'61'", "10", "'3'"
  };
  private static final String[] COLUMNS = {"a", "b", "c", "d"};

  private final Random random;
  private String[] scope = {};

  RandomQueries(long seed) {
    random = new Random(seed);
  }

  String[] schema() {
    List<String> all = new ArrayList<>();
    all.add("CREATE TABLE t1(id INTEGER PRIMARY KEY, a INT, b TEXT, c REAL, d)");
    all.add("CREATE TABLE t2(id INTEGER PRIMARY KEY, a INT, b TEXT COLLATE NOCASE, c REAL, d)");
    all.add("CREATE TABLE t3(a INT, b TEXT, c REAL, d, PRIMARY KEY(a, b)) WITHOUT ROWID");
    all.add("CREATE INDEX t1a ON t1(a)");
    all.add("CREATE INDEX t1bc ON t1(b, c DESC)");
    all.add("CREATE INDEX t2d ON t2(d, a)");
    all.add("CREATE INDEX t2p ON t2(c) WHERE c IS NOT NULL");
    all.add("CREATE INDEX t3e ON t3(a + 1)");
    for (String table : new String[] {"t1", "t2"}) {
      for (int i = 0; i < 14; i++) {
        all.add(
            "INSERT INTO "
                + table
                + "(a, b, c, d) VALUES("
                + pick(CONSTANTS)
                + ","
                + pick(CONSTANTS)
                + ","
                + pick(CONSTANTS)
                + ","
                + pick(CONSTANTS)
                + ")");
      }
    }
    for (int i = 0; i < 10; i++) {
      all.add(
          "INSERT OR IGNORE INTO t3 VALUES("
              + random.nextInt(5)
              + ",'"
              + "abcd".charAt(i % 4)
              + "',"
              + pick(CONSTANTS)
              + ","
              + pick(CONSTANTS)
              + ")");
    }
    return all.toArray(new String[0]);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  String query() {
    switch (random.nextInt(8)) {
      case 0:
        return grouped();
      case 1:
        return compound();
      case 2:
        return "SELECT DISTINCT quote(" + core().replaceFirst(" FROM ", ") FROM ");
      case 3:
        return "SELECT * FROM (SELECT "
            + core().replaceFirst(" FROM ", " AS x FROM ")
            + ") WHERE x "
            + pick(COMPARISONS)
            + " "
            + pick(CONSTANTS);
      default:
        return "SELECT " + core();
    }
  }

  private String core() {
    String from = from();
    String value = expression(3);
    return value + from + where();
  }

  private String where() {
    return chance(4) ? "" : " WHERE " + condition(3);
  }

  private String from() {
    String first = "t" + (1 + random.nextInt(3));
    if (chance(2)) {
      scope = columns(first);
      return " FROM " + first;
    }
    String second = "t" + (1 + random.nextInt(3));
    String join = pick(new String[] {"JOIN", "LEFT JOIN", "CROSS JOIN", "RIGHT JOIN", "FULL JOIN"});
    List<String> both = new ArrayList<>(List.of(columns("x")));
    both.addAll(List.of(columns("y")));
    scope = both.toArray(new String[0]);
    String on =
        chance(3)
            ? condition(2)
            : "x."
                + pick(COLUMNS)
                + " = y."
                + pick(COLUMNS)
                + (chance(3) ? " AND " + condition(1) : "");
    return " FROM " + first + " x " + join + " " + second + " y ON " + on;
  }

  private static String[] columns(String alias) {
    String[] all = new String[COLUMNS.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = alias + "." + COLUMNS[i];
    }
    return all;
  }

  private String grouped() {
    String from = from();
    String key = pick(scope);
    String having = chance(3) ? " HAVING count(*) > 1" : "";
    return "SELECT hex("
        + key
        + "), count(*), count("
        + pick(scope)
        + "), min(hex("
        + pick(scope)
        + ")), max(quote("
        + expression(1)
        + ")), sum(typeof("
        + pick(scope)
        + ") = 'integer')"
        + from
        + where()
        + " GROUP BY hex("
        + key
        + ")"
        + having;
  }

  private String compound() {
    String operator = pick(new String[] {"UNION ALL", "INTERSECT", "EXCEPT", "UNION"});
    return "SELECT quote("
        + core().replaceFirst(" FROM ", ") FROM ")
        + " "
        + operator
        + " SELECT quote("
        + core().replaceFirst(" FROM ", ") FROM ");
  }

  private String expression(int depth) {
    if (depth == 0 || chance(4)) {
      return chance(3) ? pick(CONSTANTS) : pick(scope);
    }
    switch (random.nextInt(9)) {
      case 0:
        return "CASE WHEN "
            + condition(depth - 1)
            + " THEN "
            + expression(depth - 1)
            + " ELSE "
            + expression(depth - 1)
            + " END";
      case 1:
        return "CAST("
            + expression(depth - 1)
            + " AS "
            + pick(new String[] {"INT", "TEXT", "REAL", "NUMERIC", "BLOB"})
            + ")";
      case 2:
        return "coalesce(" + expression(depth - 1) + ", " + expression(depth - 1) + ")";
      case 3:
        return "(" + condition(depth - 1) + ")";
      case 4:
        return pick(new String[] {"-", "~", "+", "NOT "}) + "(" + expression(depth - 1) + ")";
      case 5:
        return "(SELECT count(*) FROM t2 z WHERE z." + pick(COLUMNS) + " = " + pick(scope) + ")";
      default:
        return "("
            + expression(depth - 1)
            + " "
            + pick(ARITHMETIC)
            + " "
            + expression(depth - 1)
            + ")";
    }
  }

  private String condition(int depth) {
    if (depth == 0 || chance(3)) {
      return pick(scope) + " " + pick(COMPARISONS) + " " + pick(CONSTANTS);
    }
    switch (random.nextInt(9)) {
      case 0:
        return "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
      case 1:
        return "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")";
      case 2:
        return "NOT (" + condition(depth - 1) + ")";
      case 3:
        return pick(scope)
            + (chance(2) ? " NOT" : "")
            + " IN ("
            + pick(CONSTANTS)
            + ", "
            + pick(CONSTANTS)
            + ", "
            + expression(depth - 1)
            + ")";
      case 4:
        return pick(scope)
            + (chance(2) ? " NOT" : "")
            + " BETWEEN "
            + pick(CONSTANTS)
            + " AND "
            + expression(depth - 1);
      case 5:
        return pick(scope)
            + (chance(2) ? " NOT" : "")
            + " IN (SELECT "
            + pick(COLUMNS)
            + " FROM t"
            + (1 + random.nextInt(3))
            + ")";
      case 6:
        return (chance(2) ? "NOT " : "")
            + "EXISTS (SELECT 1 FROM t1 z WHERE z."
            + pick(COLUMNS)
            + " "
            + pick(COMPARISONS)
            + " "
            + pick(scope)
            + ")";
      default:
        return expression(depth - 1) + " " + pick(COMPARISONS) + " " + expression(depth - 1);
    }
  }
}
