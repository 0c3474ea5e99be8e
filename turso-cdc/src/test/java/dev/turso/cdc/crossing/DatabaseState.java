package dev.turso.cdc.crossing;

import dev.turso.AllRows;
import dev.turso.Session;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is in a database, side tables and the schema included, so that two databases can be
 * compared. The times of log rows and what COMMIT rows tell are left out: the one is the clock's, the
 * other holds the epoch, which each opening of a database chooses anew. Neither shows in the size of a
 * row, so that equal steps lead to equal root pages.
 *
 * @param tables for each table the hash of its rows; under {@code sqlite_schema} that of the schema
 */
record DatabaseState(Map<String, Long> tables) {

  static DatabaseState of(Session session) {
    Map<String, Long> tables = new TreeMap<>();
    tables.put("sqlite_schema", hash(AllRows.of(session, "SELECT * FROM sqlite_schema")));
    for (String each : tableNames(session)) {
      tables.put(each, hash(rows(session, each)));
    }
    return new DatabaseState(tables);
  }

  static List<String> tableNames(Session session) {
    return Sql.texts(session, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  }

  private static List<List<Value>> rows(Session session, String table) {
    if (!table.equals("turso_cdc")) {
      return AllRows.of(session, "SELECT * FROM " + Sql.quoted(table));
    }
    return AllRows.of(
        session,
        "SELECT change_id, change_txn_id, change_type, table_name, id, \"before\","
            + " iif(change_type = 2, NULL, \"after\"), updates FROM turso_cdc");
  }

  /** The sum of the rows' hashes: their order does not count. */
  private static long hash(List<List<Value>> rows) {
    long sum = rows.size();
    for (List<Value> row : rows) {
      long h = 1125899906842597L;
      for (Value each : row) {
        h = 31 * h + each.hashCode();
      }
      sum += h * 0x9E3779B97F4A7C15L ^ h >>> 29;
    }
    return sum;
  }

  /** The names of the tables that are not the same in another state. */
  List<String> differences(DatabaseState other) {
    List<String> names = new ArrayList<>();
    Map<String, Long> all = new TreeMap<>(tables);
    all.putAll(other.tables);
    for (String each : all.keySet()) {
      Long here = tables.get(each);
      if (here == null || !here.equals(other.tables.get(each))) {
        names.add(each);
      }
    }
    return names;
  }
}
