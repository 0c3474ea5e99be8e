package dev.turso.cli.output;

import dev.turso.value.Value;

/** Says only how many rows there were. */
final class CountPrinter implements RowPrinter {

  private final ByteSink out;
  private long rows;

  CountPrinter(ByteSink out) {
    this.out = out;
  }

  @Override
  public void row(Value[] row) {
    rows++;
  }

  @Override
  public void end() {
    out.line(rows + (rows == 1 ? " row" : " rows"));
  }
}
