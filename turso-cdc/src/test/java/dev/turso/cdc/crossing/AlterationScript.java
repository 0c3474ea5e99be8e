package dev.turso.cdc.crossing;

import dev.turso.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** SQL about tables that are renamed, widened and narrowed while rows come and go. From a seed. */
final class AlterationScript {

  /** More of them only make each change of the schema slower. */
  private static final int MOST_TABLES = 6;

  private final Random random;
  private final String prefix;
  private final List<String> tables = new ArrayList<>();
  private int names;

  /**
   * @param prefix part of the names of what is made, so that several scripts may run side by side
   */
  AlterationScript(Random random, String prefix) {
    this.random = random;
    this.prefix = prefix;
  }

  /** The next statements; a constraint, a name or a lock may forbid them. */
  String next(Session session) {
    boolean more = tables.size() < MOST_TABLES && random.nextInt(12) == 0;
    String sql = tables.isEmpty() || more ? create() : change(session);
    return random.nextInt(8) == 0 ? "BEGIN; SAVEPOINT s; " + sql + "; ROLLBACK TO s; COMMIT" : sql;
  }

  /** After statements that may not have happened: which tables there are is looked up. */
  void look(Session session) {
    List<String> present = DatabaseState.tableNames(session);
    tables.removeIf(each -> !present.contains(each));
  }

  private String create() {
    String name = "x" + prefix + ++names;
    String keyed = "k" + prefix + names;
    switch (random.nextInt(5)) {
      case 0:
        tables.add(name);
        return "CREATE TABLE " + name + " (c1 INTEGER PRIMARY KEY AUTOINCREMENT, c2 REAL, c3)";
      case 1:
        tables.add(keyed);
        return "CREATE TABLE "
            + keyed
            + " (c1 TEXT COLLATE NOCASE, c2, c3 DEFAULT 5,"
            + " PRIMARY KEY (c3, c1)) WITHOUT ROWID";
      case 2:
        tables.add(name);
        return "CREATE TABLE "
            + name
            + " (rowid, c2 UNIQUE, c3, g AS (c3 || 'v'),"
            + " s AS (c2 + 1) STORED)";
      case 3:
        tables.add(name);
        return "CREATE TABLE "
            + name
            + " AS SELECT value AS c2, 'r' || value AS c3"
            + " FROM generate_series(1, 5)";
      default:
        tables.add(name);
        return withIndexViewAndTrigger(name);
    }
  }

  private static String withIndexViewAndTrigger(String name) {
    return """
    CREATE TABLE %1$s (c2 TEXT, c3 INT, c4 BLOB);
    CREATE INDEX i%1$s ON %1$s (c3);
    CREATE VIEW w%1$s AS SELECT c3 FROM %1$s;
    CREATE TRIGGER t%1$s AFTER UPDATE ON %1$s
      BEGIN INSERT INTO audit(what, n) VALUES (old.c3, 1); END\
    """
        .formatted(name);
  }

  private String change(Session session) {
    String table = tables.get(random.nextInt(tables.size()));
    List<String> columns =
        Sql.texts(session, "SELECT name FROM pragma_table_info('" + table + "')");
    if (columns.isEmpty()) {
      return "DROP TABLE " + table;
    }
    String column = columns.get(random.nextInt(columns.size()));
    switch (random.nextInt(15)) {
      case 0:
        return "ALTER TABLE " + table + " ADD COLUMN n" + ++names + " DEFAULT " + names;
      case 1:
        return "ALTER TABLE " + table + " RENAME COLUMN " + column + " TO n" + ++names;
      case 2:
        return "ALTER TABLE " + table + " DROP COLUMN " + column;
      case 3:
        String to = table.charAt(0) + prefix + "r" + ++names;
        tables.replaceAll(each -> each.equals(table) ? to : each);
        return "ALTER TABLE " + table + " RENAME TO " + to;
      case 4:
        if (random.nextInt(3) != 0) {
          return "DELETE FROM " + table;
        }
        tables.remove(table);
        return "DROP TABLE " + table;
      case 5:
        return "VACUUM";
      case 6:
        return "UPDATE OR IGNORE " + table + " SET " + column + " = " + random.nextInt(9);
      case 7:
        String type = List.of("TEXT", "INT", "REAL", "BLOB NOT NULL").get(random.nextInt(4));
        return "ALTER TABLE " + table + " ALTER COLUMN " + column + " TO n" + ++names + " " + type;
      default:
        return insert(table, columns);
    }
  }

  private String insert(String table, List<String> columns) {
    String[] values = new String[columns.size()];
    Arrays.setAll(values, i -> String.valueOf(random.nextInt(12) + (i == 1 ? 0.5 : 0)));
    return "INSERT OR REPLACE INTO "
        + table
        + " ("
        + String.join(", ", columns)
        + ") VALUES ("
        + String.join(", ", values)
        + ")";
  }
}
