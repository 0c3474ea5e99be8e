package dev.turso.dbsp.corpus;

import dev.turso.Session;
import dev.turso.value.Value;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes the tables of TPC-H, each with a key of one column that stands first. */
final class TpchTables {

  private TpchTables() {}

  /**
   * Creates a table, and gives its rows.
   *
   * @param prefix what the names of its columns begin with
   */
  static <E extends TpchEntity> List<List<Value>> create(
      Session session, TpchTable<E> table, String prefix, double scale, int most) {
    List<TpchColumn<E>> columns = table.getColumns();
    boolean ownKey = !table.getTableName().matches("partsupp|lineitem");
    List<String> definitions = new ArrayList<>();
    if (!ownKey) {
      definitions.add(prefix + "id INTEGER PRIMARY KEY");
    }
    for (TpchColumn<E> each : columns) {
      String name = each.getSimplifiedColumnName().toLowerCase(Locale.ROOT);
      String key = ownKey && definitions.isEmpty() ? " PRIMARY KEY" : "";
      definitions.add(prefix + name + type(each) + key);
    }
    session.execute(
        "CREATE TABLE " + table.getTableName() + "(" + String.join(", ", definitions) + ")");
    List<List<Value>> rows = new ArrayList<>();
    for (E each : table.createGenerator(scale, 1, 1)) {
      if (rows.size() == most) {
        break;
      }
      List<Value> row = new ArrayList<>();
      if (!ownKey) {
        row.add(Value.integer(rows.size() + 1));
      }
      columns.forEach(column -> row.add(value(column, each)));
      rows.add(row);
    }
    return rows;
  }

  private static String type(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER, INTEGER -> " INTEGER";
      case DOUBLE -> " REAL";
      case DATE, VARCHAR -> " TEXT";
    };
  }

  private static <E extends TpchEntity> Value value(TpchColumn<E> column, E row) {
    TpchColumnType.Base base = column.getType().getBase();
    return switch (base) {
      case IDENTIFIER -> Value.integer(column.getIdentifier(row));
      case INTEGER -> Value.integer(column.getInteger(row));
      case DOUBLE -> Value.real(column.getDouble(row));
      case DATE -> Value.text(LocalDate.ofEpochDay(column.getDate(row)).toString());
      case VARCHAR -> Value.text(column.getString(row));
    };
  }
}
