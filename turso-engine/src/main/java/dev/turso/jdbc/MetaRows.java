package dev.turso.jdbc;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a metadata answer row by row. */
final class MetaRows {

  private final String[] labels;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  private MetaRows(String[] labels) {
    this.labels = labels;
  }

  static MetaRows of(String... labels) {
    return new MetaRows(labels);
  }

  MetaRows row(@Nullable Object... cells) {
    rows.add(cells);
    return this;
  }

  List<@Nullable Object[]> rows() {
    return rows;
  }

  ResultSet done() {
    return JdbcResultSet.of(labels, rows);
  }
}
