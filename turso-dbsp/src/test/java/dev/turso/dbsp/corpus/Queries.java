package dev.turso.dbsp.corpus;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of queries. */
final class Queries {

  private Queries() {}

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

  /** Rows with the types of their values, in an order of their own. */
  static List<String> sorted(List<List<Value>> rows) {
    List<String> texts = new ArrayList<>();
    for (List<Value> each : rows) {
      StringBuilder text = new StringBuilder();
      for (Value value : each) {
        text.append(value.tag()).append(' ').append(value).append(" | ");
      }
      texts.add(text.toString());
    }
    Collections.sort(texts);
    return texts;
  }

  static List<String> sorted(Session session, String sql) {
    return sorted(rows(session, sql));
  }
}
