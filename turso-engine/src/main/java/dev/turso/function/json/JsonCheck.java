package dev.turso.function.json;

import dev.turso.error.SqlException;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/** json_valid() and json_error_position(). */
final class JsonCheck {

  private static final int RFC_8259_TEXT = 1;
  private static final int JSON5_TEXT = 2;
  private static final int LOOKS_LIKE_JSONB = 4;
  private static final int STRICTLY_JSONB = 8;

  private JsonCheck() {}

  static void valid(Register[] arguments, int count, Register result) {
    long flags = RFC_8259_TEXT;
    if (count == 2) {
      flags = arguments[1].asLong();
      if (flags < 1 || flags > 15) {
        throw new SqlException("FLAGS parameter to json_valid() must be between 1 and 15");
      }
    }
    Register argument = arguments[0];
    if (argument.isNull()) {
      return;
    }
    result.setBoolean(isValid(argument, flags));
  }

  private static boolean isValid(Register argument, long flags) {
    if (argument.tag == Tag.BLOB && JsonValues.isJsonb(argument)) {
      if ((flags & LOOKS_LIKE_JSONB) != 0) {
        return true;
      }
      return (flags & STRICTLY_JSONB) != 0 && JsonbCheck.errorPosition(argument) == 0;
    }
    if ((flags & (RFC_8259_TEXT | JSON5_TEXT)) == 0) {
      return false;
    }
    JsonTextParser parser = JsonValues.textParser(argument);
    return parser.parse() && ((flags & JSON5_TEXT) != 0 || !parser.isNonstandard());
  }

  /** 0 if well-formed, else the position of the first error: of a character, in JSONB of a byte. */
  static void errorPosition(Register argument, Register result) {
    if (argument.isNull()) {
      return;
    }
    if (argument.tag == Tag.BLOB && JsonValues.isJsonb(argument)) {
      result.setInteger(JsonbCheck.errorPosition(argument));
      return;
    }
    JsonTextParser parser = JsonValues.textParser(argument);
    if (parser.parse()) {
      result.setInteger(0);
      return;
    }
    int position = 1;
    for (int i = 0; i < parser.errorOffset(); i++) {
      if ((argument.ref[argument.offset() + i] & 0xc0) != 0x80) {
        position++;
      }
    }
    result.setInteger(position);
  }
}
