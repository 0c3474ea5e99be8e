package dev.turso;

import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of queries, for tests that want all of them at once. */
public final class AllRows {

  private AllRows() {}

  /** The rows of a query, in its order. */
  public static List<List<Value>> of(Session session, String sql) {
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

  /** The rows of a query as texts without types, in an order of their own. */
  public static List<String> texts(Session session, String sql) {
    return of(session, sql).stream().map(Object::toString).sorted().toList();
  }

  /** Rows with the types of their values, in an order of their own: for two to be compared. */
  public static List<String> sorted(List<List<Value>> rows) {
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

  /** The rows of a query, likewise. */
  public static List<String> sorted(Session session, String sql) {
    return sorted(of(session, sql));
  }
}
