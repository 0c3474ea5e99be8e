package dev.turso.cli.output;

import dev.turso.value.Value;
import java.util.List;

/**
 * Values between separators, one row after the other. The header comes with the first row, so a result
 * without rows shows nothing.
 */
abstract class SeparatedPrinter implements RowPrinter {

  final ByteSink out;
  final byte[] nullValue;
  final byte[] columnSeparator;
  private final byte[] rowSeparator;
  private final List<String> columns;
  private boolean headerDue;

  SeparatedPrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    this.out = out;
    this.columns = columns;
    nullValue = Texts.bytes(settings.nullValue());
    columnSeparator = Texts.bytes(settings.columnSeparator());
    rowSeparator = Texts.bytes(settings.rowSeparator());
    headerDue = settings.header();
  }

  @Override
  public final void row(Value[] row) {
    if (headerDue) {
      headerDue = false;
      for (int i = 0; i < columns.size(); i++) {
        separate(i);
        name(Texts.bytes(columns.get(i)));
      }
      out.print(rowSeparator);
    }
    for (int i = 0; i < row.length; i++) {
      separate(i);
      value(row[i]);
    }
    out.print(rowSeparator);
  }

  private void separate(int column) {
    if (column > 0) {
      out.print(columnSeparator);
    }
  }

  abstract void name(byte[] name);

  abstract void value(Value value);

  @Override
  public final void end() {
    // rows are out already
  }
}
