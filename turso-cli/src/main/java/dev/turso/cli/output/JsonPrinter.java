package dev.turso.cli.output;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.List;

/** An array of objects, one a row. */
final class JsonPrinter implements RowPrinter {

  private static final byte[] HEX = Texts.bytes("0123456789abcdef");
  private static final byte[] NONE = {};

  private final ByteSink out;
  private final byte[][] names;
  private boolean any;

  JsonPrinter(List<String> columns, ByteSink out) {
    this.out = out;
    names = new byte[columns.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = Texts.bytes(columns.get(i));
    }
  }

  @Override
  public void row(Value[] row) {
    out.print(any ? ",\n{" : "[{");
    any = true;
    for (int i = 0; i < row.length; i++) {
      if (i > 0) {
        out.print(',');
      }
      string(names[i]);
      out.print(':');
      value(row[i]);
    }
    out.print('}');
  }

  private void value(Value value) {
    switch (value.tag()) {
      case Tag.NULL -> out.print("null");
      case Tag.INTEGER -> out.print(Long.toString(value.asLong()));
      case Tag.REAL -> out.print(Texts.exactReal(value.asDouble(), true));
      case Tag.TEXT -> string(Texts.of(value, NONE));
      default -> {
        byte[] blob = value.asBytes();
        string(blob == null ? NONE : blob);
      }
    }
  }

  private void string(byte[] text) {
    out.print('"');
    for (byte each : text) {
      switch (each) {
        case '"', '\\' -> out.print('\\').print(each);
        case '\b' -> out.print("\\b");
        case '\f' -> out.print("\\f");
        case '\n' -> out.print("\\n");
        case '\r' -> out.print("\\r");
        case '\t' -> out.print("\\t");
        default -> {
          if (each >= 0 && each < ' ') {
            out.print("\\u00").print(HEX[each >> 4]).print(HEX[each & 15]);
          } else {
            out.print(each);
          }
        }
      }
    }
    out.print('"');
  }

  @Override
  public void end() {
    if (any) {
      out.print("]\n");
    }
  }
}
