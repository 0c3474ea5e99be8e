package dev.turso.cli.output;

import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame with a line between all rows, wide and combining characters counted as a terminal shows
 * them: the reference's own mode.
 */
final class PrettyPrinter implements RowPrinter {

  private final ByteSink out;
  private final String nullValue;
  private final List<String[]> rows = new ArrayList<>();
  private final int columns;

  PrettyPrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    this.out = out;
    this.columns = columns.size();
    nullValue = settings.nullValue();
    rows.add(columns.toArray(new String[0]));
  }

  @Override
  public void row(Value[] row) {
    String[] texts = new String[row.length];
    for (int i = 0; i < row.length; i++) {
      byte[] text = Texts.of(row[i]);
      texts[i] = text == null ? nullValue : new String(text, StandardCharsets.UTF_8);
    }
    rows.add(texts);
  }

  @Override
  public void end() {
    if (rows.size() < 2) {
      return;
    }
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        for (String line : row[i].split("\n", -1)) {
          widths[i] = Math.max(widths[i], DisplayWidth.of(line));
        }
      }
    }
    rule(widths, "┌", "┬", "┐");
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) {
        rule(widths, "├", "┼", "┤");
      }
      row(rows.get(i), widths);
    }
    rule(widths, "└", "┴", "┘");
  }

  private void row(String[] row, int[] widths) {
    String[][] lines = new String[columns][];
    int height = 1;
    for (int i = 0; i < columns; i++) {
      lines[i] = row[i].replace('\t', ' ').replace("\r", "").split("\n", -1);
      height = Math.max(height, lines[i].length);
    }
    for (int line = 0; line < height; line++) {
      out.print("│");
      for (int i = 0; i < columns; i++) {
        String text = line < lines[i].length ? lines[i][line] : "";
        out.print(" ").print(text).repeat(' ', widths[i] - DisplayWidth.of(text)).print(" │");
      }
      out.print('\n');
    }
  }

  private void rule(int[] widths, String left, String crossing, String right) {
    out.print(left);
    for (int i = 0; i < columns; i++) {
      out.print("─".repeat(widths[i] + 2)).print(i == columns - 1 ? right : crossing);
    }
    out.print('\n');
  }
}
