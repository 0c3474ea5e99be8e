package dev.turso.cli.output;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Aligned columns: modes {@code box}, {@code column}, {@code markdown} and {@code table}. */
final class ColumnarPrinter implements RowPrinter {

  private final OutputSettings settings;
  private final List<String> columns;
  private final ByteSink out;
  private final byte[] nullValue;
  private final Wrapping[] wrapping;

  /** Lines of all rows, one cell a column; a line past a row's first continues it. */
  private final List<byte[][]> lines = new ArrayList<>();

  private final List<Boolean> endsRow = new ArrayList<>();
  private boolean anyContinued;

  ColumnarPrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    this.settings = settings;
    this.columns = columns;
    this.out = out;
    nullValue = Texts.bytes(settings.nullValue());
    wrapping = new Wrapping[columns.size()];
    for (int i = 0; i < wrapping.length; i++) {
      int width = settings.width(i) == 0 ? settings.wrap() : settings.width(i);
      wrapping[i] = new Wrapping(width, settings.wordWrap());
    }
  }

  @Override
  public void row(Value[] row) {
    List<List<byte[]>> cells = new ArrayList<>(row.length);
    int height = 1;
    for (int i = 0; i < row.length; i++) {
      List<byte[]> cell = wrapping[i].lines(text(row[i]));
      cells.add(cell);
      height = Math.max(height, cell.size());
    }
    anyContinued |= height > 1;
    for (int line = 0; line < height; line++) {
      byte[][] texts = new byte[row.length][];
      for (int i = 0; i < row.length; i++) {
        texts[i] = line < cells.get(i).size() ? cells.get(i).get(line) : new byte[0];
      }
      lines.add(texts);
      endsRow.add(line == height - 1);
    }
  }

  private byte[] text(Value value) {
    if (!settings.quoted()) {
      return Texts.of(value, nullValue);
    }
    return switch (value.tag()) {
      case Tag.NULL -> Texts.bytes("NULL");
      case Tag.TEXT -> Texts.quoted(Texts.of(value, nullValue));
      case Tag.BLOB -> {
        byte[] blob = value.asBytes();
        yield Texts.bytes("x'" + HexFormat.of().formatHex(blob == null ? new byte[0] : blob) + "'");
      }
      default -> Texts.of(value, nullValue);
    };
  }

  @Override
  public void end() {
    if (lines.isEmpty() || columns.isEmpty()) {
      return;
    }
    byte[][] header = new byte[columns.size()][];
    int[] widths = new int[columns.size()];
    for (int i = 0; i < header.length; i++) {
      header[i] = wrapping[i].lines(Texts.bytes(columns.get(i))).getFirst();
      widths[i] = Math.max(Math.abs(settings.width(i)), Texts.length(header[i]));
      for (byte[][] line : lines) {
        widths[i] = Math.max(widths[i], Texts.length(line[i]));
      }
    }
    Frame frame = Frame.of(settings.mode());
    frame.rule(out, widths, frame.top());
    if (frame.centersHeader()) {
      centered(frame, header, widths);
      frame.rule(out, widths, frame.middle());
    } else if (settings.header()) {
      line(frame, header, widths);
      frame.rule(out, widths, frame.middle());
    }
    for (int i = 0; i < lines.size(); i++) {
      line(frame, lines.get(i), widths);
      if (anyContinued && endsRow.get(i) && i + 1 < lines.size()) {
        frame.rule(out, widths, frame.between());
      }
    }
    frame.rule(out, widths, frame.bottom());
  }

  private void centered(Frame frame, byte[][] cells, int[] widths) {
    out.print(frame.left());
    for (int i = 0; i < cells.length; i++) {
      int room = widths[i] - Texts.length(cells[i]);
      out.repeat(' ', room / 2).print(cells[i]).repeat(' ', (room + 1) / 2);
      out.print(i == cells.length - 1 ? frame.right() : frame.separator());
    }
  }

  private void line(Frame frame, byte[][] cells, int[] widths) {
    out.print(frame.left());
    for (int i = 0; i < cells.length; i++) {
      int room = widths[i] - Texts.length(cells[i]);
      boolean right = settings.width(i) < 0;
      out.repeat(' ', right ? room : 0).print(cells[i]).repeat(' ', right ? 0 : room);
      out.print(i == cells.length - 1 ? frame.right() : frame.separator());
    }
  }
}
