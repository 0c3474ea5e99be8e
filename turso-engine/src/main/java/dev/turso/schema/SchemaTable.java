package dev.turso.schema;

import dev.turso.value.Affinity;

/** {@code sqlite_schema} as a table of its own schema. */
final class SchemaTable {

  private SchemaTable() {}

  static Table of(int databaseIndex) {
    TableBuilder table =
        new TableBuilder(databaseIndex == Catalog.TEMP ? "sqlite_temp_schema" : "sqlite_schema");
    table.databaseIndex = databaseIndex;
    table.rootPage = 1;
    table.kind = TableKind.SCHEMA;
    table.columns.add(Column.of("type", "TEXT", Affinity.TEXT));
    table.columns.add(Column.of("name", "TEXT", Affinity.TEXT));
    table.columns.add(Column.of("tbl_name", "TEXT", Affinity.TEXT));
    table.columns.add(Column.of("rootpage", "INT", Affinity.INTEGER));
    table.columns.add(Column.of("sql", "TEXT", Affinity.TEXT));
    return new Table(table);
  }

  static boolean isName(String name, int databaseIndex) {
    return Names.same(name, "sqlite_schema")
        || Names.same(name, "sqlite_master")
        || databaseIndex == Catalog.TEMP
            && (Names.same(name, "sqlite_temp_schema") || Names.same(name, "sqlite_temp_master"));
  }
}
