package dev.turso.dbsp.view;

import dev.turso.change.TransactionView;
import dev.turso.schema.Column;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.print.SqlPrinter;
import dev.turso.value.Value;
import java.util.List;

/** What is left of materialized views when this module leaves a file: plain tables, plain views. */
final class Detachment {

  private Detachment() {}

  /** How a view will be left. */
  static List<Value> row(ViewDefinition view, boolean asViews) {
    boolean table = staysTable(view, asViews);
    return List.of(Value.text(view.name()), Value.text(table ? "table" : "view"));
  }

  private static boolean staysTable(ViewDefinition view, boolean asViews) {
    return view.isCurrent() && !asViews;
  }

  /** Takes a view's guards and state away; rows that cannot be trusted make room for the query. */
  static void leave(TransactionView transaction, ViewDefinition view, boolean asViews) {
    Table table = transaction.schema().table(view.name());
    transaction.execute("DROP TABLE " + view.stateTable());
    if (table == null) {
      return;
    }
    for (String event : List.of("insert", "update", "delete")) {
      String guard = SideTables.GUARD + event + "_" + Names.fold(view.name());
      transaction.execute("DROP TRIGGER IF EXISTS " + SideTables.quoted(guard));
    }
    if (staysTable(view, asViews)) {
      return;
    }
    StringBuilder sql = new StringBuilder("CREATE VIEW ");
    sql.append(SideTables.quoted(view.name())).append('(');
    String comma = "";
    for (Column each : table.columns()) {
      sql.append(comma).append(SideTables.quoted(each.name()));
      comma = ", ";
    }
    sql.append(") AS ").append(SqlPrinter.print(view.select()));
    transaction.execute("DROP TABLE " + SideTables.quoted(view.name()));
    transaction.execute(sql.toString());
  }
}
