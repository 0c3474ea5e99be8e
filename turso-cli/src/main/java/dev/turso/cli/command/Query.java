package dev.turso.cli.command;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Small questions that commands put to the database. */
final class Query {

  private Query() {}

  /** All rows of a query. */
  static List<List<Value>> rows(Session session, String sql, Value... parameters) {
    List<List<Value>> all = new ArrayList<>();
    try (Statement statement = session.prepare(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.bind(i + 1, parameters[i]);
      }
      int width = statement.columnCount();
      try (Rows rows = statement.query()) {
        while (rows.next()) {
          List<Value> row = new ArrayList<>(width);
          for (int i = 0; i < width; i++) {
            row.add(rows.get(i));
          }
          all.add(row);
        }
      }
    }
    return all;
  }

  /** The first column of a query's rows, NULL as the empty text. */
  static List<String> texts(Session session, String sql, Value... parameters) {
    List<String> all = new ArrayList<>();
    for (List<Value> row : rows(session, sql, parameters)) {
      all.add(text(row.getFirst()));
    }
    return all;
  }

  static String text(Value value) {
    String text = value.asString();
    return text == null ? "" : text;
  }

  /** Names of the attached databases. */
  static List<String> databases(Session session) {
    List<String> names = new ArrayList<>();
    for (List<Value> row : rows(session, "PRAGMA database_list")) {
      names.add(text(row.get(1)));
    }
    return names;
  }
}
