package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * Statements that make what the engine does for many rows at once meet what it is easily wrong about:
 * tables of many leaves, kinds of values that change within a column, rows that overflow their page,
 * short records, keys that are equal but not the same, and writes while a scan is under way.
 */
final class FastPaths {

  private static final int[] SIZES = {0, 1, 31, 33, 34, 200, 1100, 2500};
  private static final String[] COLUMNS = {"i", "g", "k", "r", "n", "t", "c", "m", "late", "less"};
  private static final String[] COMPARISONS = {"=", "<", "<=", ">", ">=", "<>", "IS", "IS NOT"};

  /** What each table of numbers up to its size holds; x is the number, h a hash of it. */
  private static final String ROW =
      "x, h % 1000, h % 7, x * 3 + (x % 5 = 0), CASE h % 11 WHEN 0 THEN NULL WHEN 1 THEN -0.0 WHEN 2"
          + " THEN x ELSE x / 8.0 END, %s, %s, %s, %s, 'tail' || (h % 4)";

  private final Seeded seeded;
  private final ValueMaker values;

  FastPaths(long seed) {
    seeded = new Seeded(seed);
    values = new ValueMaker(seeded);
  }

  /** Statements that make the tables t0, t1, w (WITHOUT ROWID) and the view v. */
  List<String> schema() {
    List<String> all = new ArrayList<>();
    all.add("PRAGMA page_size = " + seeded.pick("512", "1024", "4096"));
    for (String name : new String[] {"t0", "t1", "w"}) {
      boolean keyed = name.equals("w");
      all.add(
          "CREATE TABLE "
              + name
              + "(id INTEGER PRIMARY KEY, i INT, g INTEGER, k"
              + seeded.pick("", " INT", " REAL", " TEXT")
              + ", r REAL, n"
              + seeded.pick("", " NUMERIC", " TEXT", " BLOB")
              + ", t TEXT, c TEXT COLLATE "
              + seeded.pick("NOCASE", "RTRIM", "BINARY")
              + ", m, late"
              + (keyed ? ") WITHOUT ROWID" : ")"));
      all.add(fill(name, SIZES[seeded.below(SIZES.length)]));
      all.add(
          "ALTER TABLE "
              + name
              + " ADD COLUMN less"
              + seeded.pick(" DEFAULT 5", " TEXT DEFAULT 'd'", ""));
      if (seeded.percent(70)) {
        all.add("UPDATE " + name + " SET less = i WHERE id % 3 = " + seeded.below(3));
      }
      if (seeded.percent(50)) {
        all.add("DELETE FROM " + name + " WHERE id % 9 = 2 OR id BETWEEN 50 AND 90");
      }
      if (seeded.percent(30)) {
        all.add(
            "CREATE INDEX " + name + "x ON " + name + "(" + column() + ", " + column() + " DESC)");
      }
    }
    all.add("CREATE VIEW v AS SELECT id, i, g, k, r, n, t, c, m, late, less FROM t0 WHERE g <> 3");
    return all;
  }

  private String fill(String name, int rows) {
    // Runs of one kind of value, a few leaves long, then another; some rows overflow their page.
    String run = "(x / " + seeded.between(5, 150) + ") % 4";
    String mixed =
        "CASE "
            + run
            + " WHEN 0 THEN h % 50 WHEN 1 THEN "
            + values.any()
            + " WHEN 2 THEN (h % 50) / 2.0 ELSE CASE h % 5 WHEN 0 THEN "
            + values.any()
            + " WHEN 1 THEN 'v' || h % 30 WHEN 2 THEN "
            + values.integer()
            + " WHEN 3 THEN NULL ELSE x END END";
    String text =
        seeded.percent(50)
            ? "'t' || (h % 40)"
            : "CASE WHEN h % 37 = 0 THEN printf('%.*c', h % 5000, 'o') ELSE 't' || (h % 40) END";
    String collated =
        "CASE h % 6 WHEN 0 THEN 'Ab' WHEN 1 THEN 'aB ' WHEN 2 THEN 'ab' ELSE 'x' || h % 9 END";
    String edge =
        "CASE h % 9 WHEN 0 THEN "
            + values.integer()
            + " WHEN 1 THEN "
            + values.real()
            + " WHEN 2 THEN "
            + values.integer()
            + " ELSE "
            + (seeded.percent(50) ? "x * 1000003" : "9007199254740990 + x % 6")
            + " END";
    String row = ROW.replaceFirst("%s", quoted(mixed)).replaceFirst("%s", quoted(text));
    row = row.replaceFirst("%s", quoted(collated)).replaceFirst("%s", quoted(edge));
    return "WITH RECURSIVE s(x, h) AS (SELECT 1, 1 UNION ALL SELECT x + 1, (h * 48271 + 11) % 2147483647"
        + " FROM s LIMIT "
        + rows
        + ") INSERT INTO "
        + name
        + " SELECT "
        + row
        + " FROM s"
        + (rows == 0 ? " WHERE 0" : "");
  }

  private static String quoted(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  private String column() {
    return seeded.pick(COLUMNS);
  }

  private String table() {
    return seeded.pick("t0", "t1", "w", "v", "t0", "t1");
  }

  /** A query whose rows, as a multiset or in the order it asks for, are determined. */
  String query() {
    return switch (seeded.below(9)) {
      case 0, 1 -> "SELECT " + aggregates("") + " FROM " + table() + where("");
      case 2, 3 -> grouped();
      case 4, 5 -> joined();
      case 6 -> ordered();
      case 7 ->
          "SELECT DISTINCT hex("
              + column()
              + "), "
              + column()
              + " IS NULL FROM "
              + table()
              + where("");
      default -> listed();
    };
  }

  private String aggregates(String prefix) {
    StringBuilder all = new StringBuilder("count(*)");
    int n = seeded.between(1, 4);
    for (int i = 0; i < n; i++) {
      String c = prefix + column();
      all.append(", ")
          .append(
              switch (seeded.below(9)) {
                case 0 -> "count(" + c + ")";
                case 1 -> "total(" + c + ")";
                case 2 -> "min(" + c + ")";
                case 3 -> "max(" + c + ")";
                case 4 -> "avg(" + c + ")";
                case 5 -> "sum(length(" + c + "))";
                case 6 -> "count(DISTINCT " + c + ")";
                case 7 -> "sum(" + prefix + seeded.pick("g", "i", "r", "id") + ")";
                default ->
                    "sum(typeof("
                        + c
                        + ") = '"
                        + seeded.pick("integer", "real", "null", "text")
                        + "')";
              });
    }
    return all.toString();
  }

  private String where(String prefix) {
    if (seeded.percent(30)) {
      return "";
    }
    StringBuilder all = new StringBuilder(" WHERE ").append(condition(prefix));
    while (seeded.percent(35)) {
      all.append(seeded.percent(75) ? " AND " : " OR ").append(condition(prefix));
    }
    return all.toString();
  }

  private String condition(String prefix) {
    String c = prefix + column();
    return switch (seeded.below(10)) {
      case 0 -> c + " IS" + seeded.pick("", " NOT") + " NULL";
      case 1 -> c + " BETWEEN " + values.integer() + " AND " + values.any();
      case 2 -> c + seeded.pick("", " NOT") + " IN (" + values.any() + ", " + values.any() + ", 3)";
      case 3 -> prefix + "id " + seeded.pick(">", "<=", ">=") + " " + seeded.between(-2, 1500);
      case 4 -> c + " " + seeded.pick(COMPARISONS) + " " + prefix + column();
      case 5 -> prefix + "t LIKE 't" + seeded.between(0, 4) + "%'";
      case 6 -> "length(" + c + ") " + seeded.pick(COMPARISONS) + " " + seeded.between(0, 6);
      case 7 -> c + " + 1 " + seeded.pick(COMPARISONS) + " " + values.any();
      default -> c + " " + seeded.pick(COMPARISONS) + " " + values.any();
    };
  }

  private String grouped() {
    String key = seeded.percent(80) ? column() : column() + " % 10";
    String and = seeded.percent(30) ? ", " + column() : "";
    // The form of a group's key that is shown is not determined, its rank is.
    return "SELECT "
        + aggregates("")
        + " FROM "
        + table()
        + where("")
        + " GROUP BY "
        + key
        + and
        + (seeded.percent(20) ? " HAVING count(*) > 1" : "");
  }

  private String joined() {
    String left = table();
    String right = table();
    String kind = seeded.pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "JOIN", "CROSS JOIN");
    String on =
        "a."
            + column()
            + seeded.pick(" = ", " = ", " = ", " IS ")
            + "b."
            + column()
            + (seeded.percent(30) ? " AND a." + column() + " = b." + column() : "")
            + (seeded.percent(30) ? " AND " + condition("b.") : "")
            + " AND a.id < "
            + seeded.between(1, 2500);
    String what =
        seeded.percent(60)
            ? aggregates("a.") + ", " + aggregates("b.")
            : seeded.percent(50)
                ? "count(*), sum(a.id), sum(b.id), total(a.g * b.g)"
                : "a.g, count(*), sum(b.id)";
    String group = what.startsWith("a.g") ? " GROUP BY a.g" : "";
    return "SELECT "
        + what
        + " FROM "
        + left
        + " a "
        + kind
        + " "
        + right
        + " b ON "
        + on
        + where(seeded.pick("a.", "b."))
        + group;
  }

  private String ordered() {
    StringBuilder keys = new StringBuilder();
    int n = seeded.between(1, 3);
    for (int i = 0; i < n; i++) {
      keys.append(column())
          .append(seeded.pick("", " DESC", " NULLS LAST", " DESC NULLS FIRST", " COLLATE NOCASE"))
          .append(", ");
    }
    String limit =
        seeded.percent(60)
            ? " LIMIT "
                + seeded.pick("0", "1", "5", "40", "-1", "1000")
                + seeded.pick("", " OFFSET 3", " OFFSET 400")
            : "";
    return "SELECT id, "
        + column()
        + ", "
        + column()
        + " FROM "
        + table()
        + where("")
        + " ORDER BY "
        + keys
        + "id"
        + limit;
  }

  private String listed() {
    String inner = "(SELECT " + column() + " FROM " + table() + where("") + ")";
    return "SELECT id, "
        + column()
        + ", less FROM "
        + table()
        + " WHERE "
        + column()
        + seeded.pick(" IN ", " NOT IN ")
        + inner
        + (seeded.percent(50) ? " AND " + condition("") : "");
  }

  /** A statement that writes to what it reads, or beside it. */
  String write() {
    String table = seeded.pick("t0", "t1", "w");
    return switch (seeded.below(7)) {
      case 0 -> "UPDATE " + table + " SET " + column() + " = " + column() + where("");
      case 1 -> "UPDATE " + table + " SET id = -id WHERE id " + seeded.pick("> 900", "% 10 = 3");
      case 2 -> "DELETE FROM " + table + " WHERE id % 50 = " + seeded.below(50);
      case 3 ->
          "INSERT OR IGNORE INTO "
              + table
              + " SELECT id + "
              + seeded.between(1, 5000)
              + ", i, g, k, r, n, t, c, m, late, less FROM "
              + table()
              + " WHERE g = "
              + seeded.below(7);
      case 4 ->
          "UPDATE "
              + table
              + " SET m = (SELECT count(*) FROM "
              + table()
              + " z WHERE z.id < "
              + table
              + ".g)"
              + " WHERE id < 300";
      case 5 ->
          "UPDATE "
              + table
              + " SET n = s.i FROM (SELECT g, max(i) AS i FROM "
              + table()
              + " GROUP BY g) s WHERE s.g = "
              + table
              + ".g";
      default ->
          "REPLACE INTO " + table + "(id, i, c) VALUES(" + seeded.between(1, 2600) + ", 1, 'Ab')";
    };
  }
}
