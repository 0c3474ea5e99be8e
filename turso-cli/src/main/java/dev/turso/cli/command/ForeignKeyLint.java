package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.cli.shell.Shell;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds foreign keys whose child columns no index begins with: each parent change scans the child. */
final class ForeignKeyLint {

  private ForeignKeyLint() {}

  static void run(Shell shell) {
    Session session = shell.session();
    String tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    for (String table : Query.texts(session, tables)) {
      Map<Long, List<String>> keys = new LinkedHashMap<>();
      Map<Long, String> parents = new LinkedHashMap<>();
      String sql =
          "SELECT id, \"from\", \"table\" FROM pragma_foreign_key_list(?1) ORDER BY id, seq";
      for (List<Value> row : Query.rows(session, sql, Value.text(table))) {
        keys.computeIfAbsent(row.get(0).asLong(), id -> new ArrayList<>())
            .add(Query.text(row.get(1)));
        parents.put(row.get(0).asLong(), Query.text(row.get(2)));
      }
      keys.forEach((id, columns) -> {
        if (!hasIndex(session, table, columns)) {
          String name = table + "_" + String.join("_", columns);
          List<String> quoted = columns.stream().map(ForeignKeyLint::quoted).toList();
          shell
              .out()
              .line(
                  "CREATE INDEX "
                      + quoted(name)
                      + " ON "
                      + quoted(table)
                      + "("
                      + String.join(", ", quoted)
                      + "); --> "
                      + parents.get(id));
        }
      });
    }
  }

  private static String quoted(String name) {
    return "'" + name.replace("'", "''") + "'";
  }

  private static boolean hasIndex(Session session, String table, List<String> columns) {
    String lists = "SELECT name FROM pragma_index_list(?1)";
    for (String index : Query.texts(session, lists, Value.text(table))) {
      List<String> first =
          Query.texts(
              session,
              "SELECT name FROM pragma_index_info(?1) ORDER BY seqno LIMIT " + columns.size(),
              Value.text(index));
      if (folded(first).containsAll(folded(columns))) {
        return true;
      }
    }
    String key =
        "SELECT name FROM pragma_table_info(?1) WHERE pk = 1 AND type = 'INTEGER' COLLATE NOCASE";
    return folded(Query.texts(session, key, Value.text(table))).equals(folded(columns));
  }

  private static List<String> folded(List<String> names) {
    return names.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
  }
}
