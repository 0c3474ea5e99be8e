package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a program has made so far, as native SQLite tells it. */
final class Model {

  /**
   * A column.
   *
   * @param generated whether nobody may write it
   */
  record Column(String name, String type, boolean generated, boolean key) {}

  /** A table or view; one without columns is a view that no longer works. */
  record Table(
      String name, boolean view, boolean strict, boolean withoutRowid, List<Column> columns) {

    /** Columns that statements may write. */
    List<Column> writable() {
      return columns.stream().filter(each -> !each.generated()).toList();
    }
  }

  private final Engine source;
  private List<Table> all = List.of();
  private int names;

  Model(Engine source) {
    this.source = source;
  }

  /** A name that nothing has yet. */
  String name(String prefix) {
    return prefix + names++;
  }

  /** Looks at the schema again. */
  void refresh() {
    List<Table> found = new ArrayList<>();
    Outcome names =
        source.run(
            "SELECT name, type = 'view', strict, wr FROM pragma_table_list"
                + " WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name");
    for (String row : names.rows()) {
      String[] fields = row.split("\\|");
      String name = unquoted(fields[0]);
      Outcome columns =
          source.run(
              "SELECT name, type, hidden, pk FROM pragma_table_xinfo('" + name + "') ORDER BY cid");
      List<Column> list = new ArrayList<>();
      for (String each : columns.rows()) {
        String[] parts = each.split("\\|");
        String type = unquoted(parts[1]).replace(" GENERATED ALWAYS", "");
        list.add(
            new Column(unquoted(parts[0]), type, !parts[2].equals("0"), !parts[3].equals("0")));
      }
      if (!list.isEmpty()) {
        found.add(
            new Table(
                name, fields[1].equals("1"), fields[2].equals("1"), fields[3].equals("1"), list));
      }
    }
    all = found;
  }

  private static String unquoted(String text) {
    return text.substring(1, text.length() - 1);
  }

  List<Table> all() {
    return all;
  }

  List<Table> tables() {
    return all.stream().filter(each -> !each.view()).toList();
  }

  List<Table> views() {
    return all.stream().filter(Table::view).toList();
  }

  /** The names of indexes or triggers, whose kind is told, that statements made. */
  List<String> named(String type) {
    Outcome names =
        source.run(
            "SELECT name FROM sqlite_schema WHERE sql IS NOT NULL AND type = '"
                + type
                + "' ORDER BY 1");
    return names.rows().stream().map(Model::unquoted).toList();
  }

  @Nullable Table find(String name) {
    for (Table each : all) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return null;
  }
}
