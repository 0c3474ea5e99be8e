package dev.turso.session;

import dev.turso.bind.Binder;
import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.Column;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.ForeignKey;
import dev.turso.schema.Generation;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.schema.View;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pragmas that tell of tables and indexes. */
final class SchemaPragmas {

  private SchemaPragmas() {}

  /** A pragma that reads the catalog. */
  private interface Body {
    List<List<Value>> rows(Connection connection, @Nullable String schema, String argument);
  }

  private record Reading(List<String> names, boolean needsArgument, Body body)
      implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return names;
    }

    @Override
    public CommandProgram.Needs needs(@Nullable String argument) {
      return CommandProgram.Needs.SNAPSHOT;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      if (argument == null && needsArgument) {
        return List.of();
      }
      return body.rows(connection, schema, argument == null ? "" : argument);
    }
  }

  static void addTo(Map<String, PragmaHandler> all) {
    List<String> info = List.of("cid", "name", "type", "notnull", "dflt_value", "pk");
    List<String> extended = new ArrayList<>(info);
    extended.add("hidden");
    all.put("table_info", new Reading(info, true, (c, s, a) -> tableInfo(c, s, a, false)));
    all.put(
        "table_xinfo",
        new Reading(List.copyOf(extended), true, (c, s, a) -> tableInfo(c, s, a, true)));
    all.put(
        "table_list",
        new Reading(
            List.of("schema", "name", "type", "ncol", "wr", "strict"),
            false,
            SchemaPragmas::tableList));
    all.put(
        "index_list",
        new Reading(
            List.of("seq", "name", "unique", "origin", "partial"), true, SchemaPragmas::indexList));
    all.put(
        "index_info",
        new Reading(List.of("seqno", "cid", "name"), true, (c, s, a) -> indexInfo(c, s, a, false)));
    all.put(
        "index_xinfo",
        new Reading(
            List.of("seqno", "cid", "name", "desc", "coll", "key"),
            true,
            (c, s, a) -> indexInfo(c, s, a, true)));
    all.put(
        "foreign_key_list",
        new Reading(
            List.of("id", "seq", "table", "from", "to", "on_update", "on_delete", "match"),
            true,
            SchemaPragmas::foreignKeyList));
  }

  /** The table of a name, or the stand-in of a view; null if there is neither. */
  static @Nullable Table tableOrView(Connection connection, @Nullable String schema, String name) {
    Catalog catalog = connection.catalog();
    Table table = catalog.table(schema, name);
    if (table != null) {
      return connection.virtualTables().withColumns(table);
    }
    View view = catalog.view(schema, name);
    if (view == null) {
      return null;
    }
    Binder binder = connection.preparation().binder();
    return binder.standInFor(view);
  }

  private static List<List<Value>> tableInfo(
      Connection connection, @Nullable String schema, String name, boolean extended) {
    Table table = tableOrView(connection, schema, name);
    List<List<Value>> rows = new ArrayList<>();
    if (table == null) {
      return rows;
    }
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      int hidden = hidden(column);
      if (hidden != 0 && !extended) {
        continue;
      }
      String type = column.declaredType() == null ? "" : column.declaredType();
      int cid = extended ? i : rows.size();
      List<Value> row =
          PragmaValues.row(
              cid,
              column.name(),
              type,
              column.notNull(),
              column.defaultText(),
              column.primaryKeyPosition());
      if (extended) {
        row.add(Value.integer(hidden));
      }
      rows.add(row);
    }
    return rows;
  }

  private static int hidden(Column column) {
    if (column.hidden()) {
      return 1;
    }
    if (column.generation() == Generation.VIRTUAL) {
      return 2;
    }
    return column.generation() == Generation.STORED ? 3 : 0;
  }

  private static List<List<Value>> tableList(
      Connection connection, @Nullable String schema, String name) {
    List<List<Value>> rows = new ArrayList<>();
    Catalog catalog = connection.catalog();
    for (int i = catalog.size() - 1; i >= 0; i--) {
      DatabaseSchema database = catalog.database(i);
      if (database == null || schema != null && !Names.same(database.name(), schema)) {
        continue;
      }
      for (Table each : database.tables()) {
        addTable(rows, connection, database, each, name);
      }
      for (View each : database.views()) {
        if (name.isEmpty() || Names.same(each.name(), name)) {
          int columns = columnsOf(connection, database, each);
          rows.add(PragmaValues.row(database.name(), each.name(), "view", columns, 0, 0));
        }
      }
      addTable(rows, connection, database, database.schemaTable(), name);
    }
    return rows;
  }

  private static int columnsOf(Connection connection, Table table) {
    try {
      return connection.virtualTables().withColumns(table).columns().size();
    } catch (SqlException e) {
      // A virtual table that its module refuses is listed all the same.
      return 0;
    }
  }

  private static int columnsOf(Connection connection, DatabaseSchema database, View view) {
    try {
      Table standIn = tableOrView(connection, database.name(), view.name());
      return standIn == null ? 0 : standIn.columns().size();
    } catch (SqlException e) {
      // A view that no longer binds is listed all the same, as SQLite does.
      return 0;
    }
  }

  private static void addTable(
      List<List<Value>> rows,
      Connection connection,
      DatabaseSchema database,
      Table table,
      String name) {
    if (name.isEmpty() || Names.same(table.name(), name)) {
      String kind =
          table.kind() == TableKind.VIRTUAL
              ? "virtual"
              : table.materializedView() ? "view" : "table";
      rows.add(
          PragmaValues.row(
              database.name(),
              table.name(),
              kind,
              columnsOf(connection, table),
              table.withoutRowid(),
              table.strict()));
    }
  }

  private static List<List<Value>> indexList(
      Connection connection, @Nullable String schema, String name) {
    List<List<Value>> rows = new ArrayList<>();
    Table table = connection.catalog().table(schema, name);
    if (table != null) {
      for (Index each : table.indexes()) {
        rows.add(
            PragmaValues.row(
                rows.size(),
                each.name(),
                each.unique(),
                each.origin().code(),
                each.predicate() != null));
      }
    }
    return rows;
  }

  private static List<List<Value>> indexInfo(
      Connection connection, @Nullable String schema, String name, boolean extended) {
    List<List<Value>> rows = new ArrayList<>();
    Index index = connection.catalog().index(schema, name);
    if (index == null) {
      Table table = connection.catalog().table(schema, name);
      index = table == null ? null : table.primaryKeyIndex();
    }
    if (index == null) {
      return rows;
    }
    List<IndexPart> parts = extended ? index.storedParts() : index.parts();
    for (int i = 0; i < parts.size(); i++) {
      IndexPart part = parts.get(i);
      String column = part.column() < 0 ? null : index.table().columns().get(part.column()).name();
      List<Value> row = PragmaValues.row(i, part.column(), column);
      if (extended) {
        row.add(Value.integer(part.descending() ? 1 : 0));
        row.add(Value.text(part.collation().name()));
        row.add(Value.integer(i < index.parts().size() ? 1 : 0));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<Value>> foreignKeyList(
      Connection connection, @Nullable String schema, String name) {
    List<List<Value>> rows = new ArrayList<>();
    Table table = connection.catalog().table(schema, name);
    if (table == null) {
      return rows;
    }
    for (ForeignKey key : table.foreignKeys()) {
      for (int i = 0; i < key.columns().size(); i++) {
        rows.add(
            PragmaValues.row(
                key.id(),
                i,
                key.parentTable(),
                table.columns().get(key.columns().get(i)).name(),
                key.parentColumns().isEmpty() ? null : key.parentColumns().get(i),
                key.onUpdate().sql(),
                key.onDelete().sql(),
                "NONE"));
      }
    }
    return rows;
  }
}
