package dev.turso.cli.output;

import dev.turso.value.Value;
import java.util.List;

/** Puts out the rows of one statement. */
public interface RowPrinter {

  /** The next row. */
  void row(Value[] row);

  /** After the last row, also if there was none. */
  void end();

  /** A printer of the mode that is set. */
  static RowPrinter of(OutputSettings settings, List<String> columns, ByteSink out) {
    return switch (settings.mode()) {
      case LIST, TABS, ASCII -> new ListPrinter(settings, columns, out);
      case CSV -> new CsvPrinter(settings, columns, out);
      case TCL -> new TclPrinter(settings, columns, out);
      case QUOTE -> new QuotePrinter(settings, columns, out);
      case INSERT -> new InsertPrinter(settings, columns, out);
      case JSON -> new JsonPrinter(columns, out);
      case HTML -> new HtmlPrinter(settings, columns, out);
      case LINE -> new LinePrinter(settings, columns, out);
      case COUNT -> new CountPrinter(out);
      case OFF -> new SilentPrinter();
      case BOX, COLUMN, MARKDOWN, TABLE -> new ColumnarPrinter(settings, columns, out);
      case PRETTY -> new PrettyPrinter(settings, columns, out);
    };
  }
}
