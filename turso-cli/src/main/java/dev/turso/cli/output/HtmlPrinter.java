package dev.turso.cli.output;

import dev.turso.value.Value;
import java.util.List;

/** Rows of an HTML table, without the table's own tags. */
final class HtmlPrinter implements RowPrinter {

  private final ByteSink out;
  private final List<String> columns;
  private final byte[] nullValue;
  private boolean headerDue;

  HtmlPrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    this.out = out;
    this.columns = columns;
    nullValue = Texts.bytes(settings.nullValue());
    headerDue = settings.header();
  }

  @Override
  public void row(Value[] row) {
    if (headerDue) {
      headerDue = false;
      out.print("<TR>");
      columns.forEach(each -> cell("TH", Texts.bytes(each)));
      out.print("</TR>\n");
    }
    out.print("<TR>");
    for (Value each : row) {
      cell("TD", Texts.of(each, nullValue));
    }
    out.print("</TR>\n");
  }

  private void cell(String tag, byte[] text) {
    out.print("<").print(tag).print(">");
    for (byte each : text) {
      switch (each) {
        case '<' -> out.print("&lt;");
        case '>' -> out.print("&gt;");
        case '&' -> out.print("&amp;");
        case '"' -> out.print("&quot;");
        case '\'' -> out.print("&#39;");
        default -> out.print(each);
      }
    }
    out.print("</").print(tag).print(">\n");
  }

  @Override
  public void end() {
    // rows are out already
  }
}
