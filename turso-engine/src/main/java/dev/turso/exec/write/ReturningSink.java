package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import org.jspecify.annotations.Nullable;

/** Told of each row as soon as it is written, before AFTER triggers run: counts, and RETURNING. */
final class ReturningSink {

  private final @Nullable ReturningRow row;
  private final @Nullable RowBuffer rows;
  private long written;

  ReturningSink(@Nullable ReturningRow row) {
    this.row = row;
    this.rows = row == null ? null : new RowBuffer();
  }

  /** The rows of RETURNING, or null without that clause. */
  @Nullable RowBuffer rows() {
    return rows;
  }

  /** Whether RETURNING may fail when the row is written already. */
  boolean mayFail() {
    return row != null && row.mayFail();
  }

  /** How many rows of the target were written. */
  long written() {
    return written;
  }

  void reset() {
    written = 0;
    if (rows != null) {
      rows.clear();
    }
  }

  /** A row of the target table was written. */
  void wrote(Frame f) {
    written++;
    passed(f);
  }

  /** A row went to the INSTEAD OF triggers of a view, which are what counts rows. */
  void passed(Frame f) {
    if (row != null && rows != null) {
      row.addTo(rows, f);
    }
  }
}
