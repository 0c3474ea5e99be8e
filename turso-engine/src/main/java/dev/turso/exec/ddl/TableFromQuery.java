package dev.turso.exec.ddl;

import java.util.List;

/** The CREATE TABLE text that CREATE TABLE … AS SELECT leaves in the schema. */
final class TableFromQuery {

  private static final int ONE_LINE = 50;

  private TableFromQuery() {}

  static String sql(String table, List<SchemaContext.QueryColumn> columns) {
    int length = Identifiers.quoted(table).length();
    for (SchemaContext.QueryColumn each : columns) {
      length += Identifiers.quoted(each.name()).length() + 5;
    }
    boolean oneLine = length < ONE_LINE;
    StringBuilder sql = new StringBuilder("CREATE TABLE ");
    sql.append(Identifiers.asNeeded(table)).append('(');
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        sql.append(',');
      }
      if (!oneLine) {
        sql.append("\n  ");
      }
      SchemaContext.QueryColumn column = columns.get(i);
      sql.append(Identifiers.asNeeded(column.name()));
      if (column.type() != null) {
        sql.append(' ').append(column.type());
      }
    }
    return sql.append(oneLine ? ")" : "\n)").toString();
  }
}
