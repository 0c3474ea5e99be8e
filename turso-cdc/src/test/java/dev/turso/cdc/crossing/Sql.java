package dev.turso.cdc.crossing;

import dev.turso.AllRows;
import dev.turso.Session;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What tests say in SQL. */
final class Sql {

  private Sql() {}

  /** The first column of the rows, as text. */
  static List<String> texts(Session session, String sql) {
    List<String> texts = new ArrayList<>();
    for (List<Value> each : AllRows.of(session, sql)) {
      texts.add(String.valueOf(each.get(0).asString()));
    }
    return texts;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
