package dev.turso.cli.output;

import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Each value a string in the way of C and Tcl. */
public final class TclPrinter extends SeparatedPrinter {

  TclPrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    super(settings, columns, out);
  }

  @Override
  void name(byte[] name) {
    out.print(literal(name));
  }

  @Override
  void value(Value value) {
    out.print(literal(Texts.of(value, nullValue)));
  }

  /** A text in double quotes; control characters and bytes over 127 as octal escapes. */
  public static String literal(byte[] text) {
    StringBuilder to = new StringBuilder(text.length + 2).append('"');
    for (byte each : text) {
      int c = each & 0xFF;
      switch (c) {
        case '\\' -> to.append("\\\\");
        case '"' -> to.append("\\\"");
        case '\t' -> to.append("\\t");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        default -> {
          if (c >= ' ' && c < 0x7F) {
            to.append((char) c);
          } else {
            to.append('\\').append((char) ('0' + (c >> 6)));
            to.append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
          }
        }
      }
    }
    return to.append('"').toString();
  }

  public static String literal(String text) {
    return literal(text.getBytes(StandardCharsets.UTF_8));
  }
}
