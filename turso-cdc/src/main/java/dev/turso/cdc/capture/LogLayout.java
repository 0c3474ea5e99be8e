package dev.turso.cdc.capture;

import dev.turso.error.SqlException;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.List;

/** The columns that a log table has. */
enum LogLayout {
  /** Without transactions. */
  V1(
      "v1",
      List.of(
          "change_id",
          "change_time",
          "change_type",
          "table_name",
          "id",
          "before",
          "after",
          "updates")),
  /** With the transaction of each row, and a row for each commit. */
  V2(
      "v2",
      List.of(
          "change_id",
          "change_time",
          "change_txn_id",
          "change_type",
          "table_name",
          "id",
          "before",
          "after",
          "updates"));

  private final String version;
  private final List<String> columns;

  LogLayout(String version, List<String> columns) {
    this.version = version;
    this.columns = columns;
  }

  /** What {@code turso_cdc_version} says of it. */
  String version() {
    return version;
  }

  /** The layout of a table that is there. */
  static LogLayout of(Table table) {
    List<String> names = new ArrayList<>();
    table.columns().forEach(each -> names.add(each.name().toLowerCase(java.util.Locale.ROOT)));
    for (LogLayout each : values()) {
      if (each.columns.equals(names) && table.rowidAlias() == 0) {
        return each;
      }
    }
    throw new SqlException("table " + table.name() + " does not have the columns of a change log");
  }
}
