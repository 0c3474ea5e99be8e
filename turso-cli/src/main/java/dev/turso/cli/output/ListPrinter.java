package dev.turso.cli.output;

import dev.turso.value.Value;
import java.util.List;

/** Values as they are: modes {@code list}, {@code tabs} and {@code ascii}. */
final class ListPrinter extends SeparatedPrinter {

  ListPrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    super(settings, columns, out);
  }

  @Override
  void name(byte[] name) {
    out.print(name);
  }

  @Override
  void value(Value value) {
    out.print(Texts.of(value, nullValue));
  }
}
