package dev.turso.cli.function;

import dev.turso.value.Collation;
import java.nio.charset.StandardCharsets;

/** {@code decimal}: texts in the order of the decimal numbers that they are. */
final class DecimalCollation implements Collation {

  @Override
  public String name() {
    return "decimal";
  }

  @Override
  public int compare(byte[] a, int aOff, int aLen, byte[] b, int bOff, int bLen) {
    return Decimals.of(text(a, aOff, aLen)).compareTo(Decimals.of(text(b, bOff, bLen)));
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }
}
