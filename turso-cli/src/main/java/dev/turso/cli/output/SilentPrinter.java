package dev.turso.cli.output;

import dev.turso.value.Value;

/** Drops rows: mode {@code off}. */
final class SilentPrinter implements RowPrinter {

  @Override
  public void row(Value[] row) {
    // nothing is shown
  }

  @Override
  public void end() {
    // nothing was begun
  }
}
