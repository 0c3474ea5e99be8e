package dev.turso.cdc.crossing;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Queries whose rows are wanted at once. */
final class Sql {

  private Sql() {}

  static List<List<Value>> rows(Session session, String sql) {
    List<List<Value>> all = new ArrayList<>();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        List<Value> row = new ArrayList<>();
        for (int i = 0; i < rows.columnCount(); i++) {
          row.add(rows.get(i));
        }
        all.add(row);
      }
    }
    return all;
  }

  /** The first column of the rows, as text. */
  static List<String> texts(Session session, String sql) {
    List<String> texts = new ArrayList<>();
    for (List<Value> each : rows(session, sql)) {
      texts.add(String.valueOf(each.get(0).asString()));
    }
    return texts;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
