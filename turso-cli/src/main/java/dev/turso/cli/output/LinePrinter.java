package dev.turso.cli.output;

import dev.turso.value.Value;
import java.util.List;

/** One value a line, with its column's name. */
final class LinePrinter implements RowPrinter {

  private static final int NARROWEST = 5;

  private final ByteSink out;
  private final byte[][] names;
  private final byte[] nullValue;
  private final byte[] rowSeparator;
  private boolean any;

  LinePrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    this.out = out;
    nullValue = Texts.bytes(settings.nullValue());
    rowSeparator = Texts.bytes(settings.rowSeparator());
    int width = NARROWEST;
    for (String each : columns) {
      width = Math.max(width, Texts.bytes(each).length);
    }
    names = new byte[columns.size()][];
    for (int i = 0; i < names.length; i++) {
      byte[] name = Texts.bytes(columns.get(i));
      names[i] = Texts.bytes(" ".repeat(Math.max(0, width - Texts.length(name))) + columns.get(i));
    }
  }

  @Override
  public void row(Value[] row) {
    if (any) {
      out.print(rowSeparator);
    }
    any = true;
    for (int i = 0; i < row.length; i++) {
      out.print(names[i]).print(" = ").print(Texts.of(row[i], nullValue)).print(rowSeparator);
    }
  }

  @Override
  public void end() {
    // rows are out already
  }
}
