package dev.turso.function.aggregate;

import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextToNumber;

/** How sum, total, avg and the percentiles see their argument. */
final class NumericArgument {

  private NumericArgument() {}

  /** A text that is a number as a whole becomes that number; afterwards the tag can be trusted. */
  static void prepare(Register argument) {
    if (argument.tag == Tag.TEXT) {
      TextToNumber.convertIfNumeric(argument);
    }
  }
}
