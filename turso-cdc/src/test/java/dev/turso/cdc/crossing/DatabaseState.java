package dev.turso.cdc.crossing;

import dev.turso.Session;
import dev.turso.format.RecordReader;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is in a database, side tables and the schema included, so that two databases can be
 * compared. The times of log rows and what COMMIT rows tell of their time are left out, and of
 * logged definitions which page is the root.
 *
 * <p>Root pages are no property of the steps that led to a state. Each COMMIT row holds the epoch,
 * a random number that each opening of a database chooses: as a record's integer it takes eight
 * bytes, but six in one case of 32. Leaves of {@code turso_cdc} are then full at another row, and a
 * page that the log took in one database is free to be the root of the next new table in the other.
 * {@code sqlite_schema} itself is compared without its root pages; the log's images of its rows
 * have them, too.
 *
 * @param tables for each table the hash of its rows; under {@code sqlite_schema} that of the schema
 */
record DatabaseState(Map<String, Long> tables) {

  /** Where a row of the log, as it is compared, tells the table; key and images follow. */
  private static final int LOGGED_TABLE = 3;

  private static final int SCHEMA_COLUMNS = 5;
  private static final int ROOT_PAGE = 3;

  static DatabaseState of(Session session) {
    Map<String, Long> tables = new TreeMap<>();
    tables.put(
        "sqlite_schema",
        hash(Sql.rows(session, "SELECT type, name, tbl_name, sql FROM sqlite_schema")));
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
      return Sql.rows(session, "SELECT * FROM " + Sql.quoted(table));
    }
    List<List<Value>> rows =
        Sql.rows(
            session,
            "SELECT change_id, change_txn_id, change_type, table_name, id, \"before\","
                + " iif(change_type = 2, NULL, \"after\"), updates FROM turso_cdc");
    for (List<Value> each : rows) {
      if ("sqlite_schema".equals(each.get(LOGGED_TABLE).asString())) {
        List<Value> images = List.copyOf(each.subList(LOGGED_TABLE + 2, each.size()));
        each.subList(LOGGED_TABLE + 2, each.size()).clear();
        images.forEach(image -> each.addAll(definition(image)));
      }
    }
    return rows;
  }

  /**
   * The values of an image of a row of {@code sqlite_schema}, or of the flags and new values of an
   * update, with 1 for any root page.
   */
  private static List<Value> definition(Value image) {
    byte[] bytes = image.asBytes();
    if (bytes == null) {
      return List.of(Value.NULL);
    }
    RecordReader record = new RecordReader();
    record.reset(bytes, 0, bytes.length);
    int columns = record.columnCount();
    int rootPage = columns - SCHEMA_COLUMNS + ROOT_PAGE;
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      int tag = record.load(i);
      boolean isRoot = i == rootPage && tag == Tag.INTEGER && record.bits() > 0;
      values.add(isRoot ? Value.integer(1) : Value.of(tag, record.bits(), record.ref()));
    }
    return values;
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
