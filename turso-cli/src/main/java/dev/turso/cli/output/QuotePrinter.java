package dev.turso.cli.output;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.List;

/** Values as SQL literals. */
final class QuotePrinter extends SeparatedPrinter {

  QuotePrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    super(settings, columns, out);
  }

  @Override
  void name(byte[] name) {
    out.print(Texts.quoted(name));
  }

  @Override
  void value(Value value) {
    switch (value.tag()) {
      case Tag.NULL -> out.print("NULL");
      case Tag.INTEGER -> out.print(Long.toString(value.asLong()));
      case Tag.REAL -> out.print(Texts.exactReal(value.asDouble(), false));
      case Tag.TEXT -> out.print(Texts.quoted(Texts.of(value, nullValue)));
      default -> out.print(Texts.hexLiteral(value.asBytes()));
    }
  }
}
