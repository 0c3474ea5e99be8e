package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import org.jspecify.annotations.Nullable;

/** Where rows of RETURNING go, as soon as they are written and before AFTER triggers run. */
final class ReturningSink {

  private final @Nullable ReturningRow row;
  private final @Nullable RowBuffer rows;

  ReturningSink(@Nullable ReturningRow row) {
    this.row = row;
    this.rows = row == null ? null : new RowBuffer();
  }

  @Nullable RowBuffer rows() {
    return rows;
  }

  void keep(Frame f) {
    if (row != null && rows != null) {
      row.addTo(rows, f);
    }
  }
}
