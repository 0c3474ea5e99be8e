package dev.turso.cli.mcp;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Small questions that tools and resources put to the database. */
final class Listing {

  private static final String TABLES =
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
          + " AND name NOT LIKE 'turso!_%' ESCAPE '!' ORDER BY 1";

  private Listing() {}

  static List<List<Value>> rows(Session session, String sql, Value... parameters) {
    List<List<Value>> all = new ArrayList<>();
    try (Statement statement = session.prepare(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.bind(i + 1, parameters[i]);
      }
      try (Rows rows = statement.query()) {
        while (rows.next()) {
          List<Value> row = new ArrayList<>(rows.columnCount());
          for (int i = 0; i < rows.columnCount(); i++) {
            row.add(rows.get(i));
          }
          all.add(row);
        }
      }
    }
    return all;
  }

  static String text(Value value) {
    String text = value.asString();
    return text == null ? "" : text;
  }

  /** Tables and materialized views, without what views and logs keep for themselves. */
  static List<String> tables(Session session) {
    List<String> names = new ArrayList<>();
    rows(session, TABLES).forEach(row -> names.add(text(row.getFirst())));
    return names;
  }

  static boolean hasTable(Session session, String name) {
    return !rows(
            session,
            "SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE",
            Value.text(name))
        .isEmpty();
  }
}
