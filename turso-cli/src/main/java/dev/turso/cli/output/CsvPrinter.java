package dev.turso.cli.output;

import dev.turso.value.Value;
import java.util.List;

/** Comma-separated values, quoted where a reader could be misled. */
final class CsvPrinter extends SeparatedPrinter {

  CsvPrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    super(settings, columns, out);
  }

  @Override
  void name(byte[] name) {
    field(name);
  }

  @Override
  void value(Value value) {
    byte[] text = Texts.of(value);
    if (text == null) {
      out.print(nullValue);
    } else {
      field(text);
    }
  }

  private void field(byte[] text) {
    if (!needsQuotes(text)) {
      out.print(text);
      return;
    }
    out.print('"');
    for (byte each : text) {
      if (each == '"') {
        out.print('"');
      }
      out.print(each);
    }
    out.print('"');
  }

  private boolean needsQuotes(byte[] text) {
    if (text.length == 0) {
      return true;
    }
    for (byte each : text) {
      if (each <= ' ' || each == '"' || each == '\'' || each == 0x7F) {
        return true;
      }
    }
    return contains(text, columnSeparator);
  }

  private static boolean contains(byte[] text, byte[] part) {
    if (part.length == 0) {
      return true;
    }
    for (int i = 0; i + part.length <= text.length; i++) {
      int n = 0;
      while (n < part.length && text[i + n] == part[n]) {
        n++;
      }
      if (n == part.length) {
        return true;
      }
    }
    return false;
  }
}
