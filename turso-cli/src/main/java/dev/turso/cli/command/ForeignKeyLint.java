package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds foreign keys whose child columns no index begins with: each parent change scans the child. */
final class ForeignKeyLint {

  /** A foreign key: the columns of the child, the parent, and the parent's columns if it has them. */
  private record Key(String parent, List<String> columns, List<@Nullable String> parentColumns) {}

  private final Shell shell;
  private final Session session;

  private ForeignKeyLint(Shell shell) {
    this.shell = shell;
    session = shell.session();
  }

  static Outcome run(Shell shell, List<String> words) {
    boolean grouped = false;
    for (String each : words.subList(2, words.size())) {
      if (each.length() > 1 && "-groupbyparent".startsWith(each)) {
        grouped = true;
      } else if (each.length() <= 1 || !"-verbose".startsWith(each)) {
        shell.complain("Usage: lint fkey-indexes ?-verbose? ?-groupbyparent?");
        return Outcome.FAILED;
      }
    }
    new ForeignKeyLint(shell).run(grouped);
    return Outcome.DONE;
  }

  private void run(boolean grouped) {
    Map<String, List<String>> byParent = new TreeMap<>();
    String tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    for (String table : Query.texts(session, tables)) {
      for (Key key : keys(table)) {
        if (!hasIndex(table, key.columns())) {
          String advice = advice(table, key);
          if (grouped) {
            byParent.computeIfAbsent(key.parent(), parent -> new ArrayList<>()).add(advice);
          } else {
            shell.out().line(advice);
          }
        }
      }
    }
    byParent.forEach((parent, advice) -> {
      shell.out().line("-- Parent table " + parent);
      advice.forEach(each -> shell.out().line("    " + each));
    });
  }

  private List<Key> keys(String table) {
    Map<Long, Key> keys = new LinkedHashMap<>();
    String sql =
        "SELECT id, \"table\", \"from\", \"to\", seq FROM pragma_foreign_key_list(?1)"
            + " ORDER BY id, seq";
    for (List<Value> row : Query.rows(session, sql, Value.text(table))) {
      String parent = Query.text(row.get(1));
      Key key =
          keys.computeIfAbsent(
              row.get(0).asLong(), id -> new Key(parent, new ArrayList<>(), new ArrayList<>()));
      key.columns().add(Query.text(row.get(2)));
      String named = row.get(3).asString();
      key.parentColumns().add(named != null ? named : keyColumn(parent, row.get(4).asLong()));
    }
    return List.copyOf(keys.values());
  }

  /** The column of a parent's primary key that a foreign key without names means. */
  private @Nullable String keyColumn(String parent, long number) {
    String sql = "SELECT name FROM pragma_table_info(?1) WHERE pk = ?2";
    List<String> names = Query.texts(session, sql, Value.text(parent), Value.integer(number + 1));
    return names.isEmpty() ? null : names.getFirst();
  }

  private static String advice(String table, Key key) {
    List<String> quoted = key.columns().stream().map(ForeignKeyLint::quoted).toList();
    String parent =
        key.parentColumns().contains(null)
            ? "(null)"
            : key.parent() + "(" + String.join(",", key.parentColumns()) + ")";
    return "CREATE INDEX "
        + quoted(table + "_" + String.join("_", key.columns()))
        + " ON "
        + quoted(table)
        + "("
        + String.join(", ", quoted)
        + "); --> "
        + parent;
  }

  private static String quoted(String name) {
    return "'" + name.replace("'", "''") + "'";
  }

  private boolean hasIndex(String table, List<String> columns) {
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
