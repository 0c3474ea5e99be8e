package dev.turso.function.json;

import dev.turso.error.SqlException;
import dev.turso.value.NumberToText;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextToNumber;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** SQL values to JSON and back. */
final class JsonValues {

  private JsonValues() {}

  /** The document that an argument is, as JSONB of its own; null for NULL. Fails if malformed. */
  static @Nullable JsonBytes document(Register argument) {
    if (argument.isNull()) {
      return null;
    }
    if (argument.tag == Tag.BLOB && isJsonb(argument)) {
      JsonBytes jsonb = new JsonBytes(argument.length());
      jsonb.append(argument.ref, argument.offset(), argument.length());
      return jsonb;
    }
    JsonTextParser parser = textParser(argument);
    if (!parser.parse()) {
      throw Jsonb.malformed();
    }
    return parser.jsonb();
  }

  /** A parser of the text of an argument that is not NULL. */
  static JsonTextParser textParser(Register argument) {
    argument.textify();
    return new JsonTextParser(argument.ref, argument.offset(), argument.length());
  }

  static boolean isJsonb(Register argument) {
    return Jsonb.looksLikeJsonb(argument.ref, argument.offset(), argument.length());
  }

  /** Appends a value as JSON text; a text that is JSON already stays as it is. */
  static void appendText(Register value, JsonBytes out) {
    switch (value.tag) {
      case Tag.NULL -> out.append("null");
      case Tag.INTEGER -> out.append(Long.toString(value.bits));
      case Tag.REAL -> appendReal(value.real(), out);
      case Tag.TEXT -> {
        if (value.subtype == Jsonb.SUBTYPE) {
          out.append(value.ref, value.offset(), value.length());
        } else {
          JsonStrings.appendQuoted(value.ref, value.offset(), value.length(), out);
        }
      }
      default -> {
        requireJsonb(value);
        int limit = value.offset() + value.length();
        new JsonTextWriter(value.ref, limit, out, null).element(value.offset());
      }
    }
  }

  private static void appendReal(double value, JsonBytes out) {
    if (Double.isInfinite(value)) {
      out.append(value < 0 ? "-9.0e+999" : "9.0e+999");
    } else {
      byte[] text = NumberToText.bytes(value);
      out.append(text, 0, text.length);
    }
  }

  private static void requireJsonb(Register blob) {
    if (!isJsonb(blob)) {
      throw new SqlException("JSON cannot hold BLOB values");
    }
  }

  /** A value as an element of JSONB. */
  static JsonBytes element(Register value) {
    JsonBytes element = new JsonBytes(value.tag >= Tag.TEXT ? value.length() + 5 : 32);
    switch (value.tag) {
      case Tag.NULL -> element.appendHeader(Jsonb.NULL, 0);
      case Tag.INTEGER -> element.appendElement(Jsonb.INT, Long.toString(value.bits));
      case Tag.REAL -> {
        double real = value.real();
        String text =
            Double.isInfinite(real) ? (real < 0 ? "-9e999" : "9e999") : NumberToText.string(real);
        element.appendElement(Jsonb.FLOAT, text);
      }
      case Tag.TEXT -> {
        if (value.subtype == Jsonb.SUBTYPE) {
          JsonBytes document = document(value);
          assert document != null;
          return document;
        }
        element.appendElement(Jsonb.TEXTRAW, value.ref, value.offset(), value.length());
      }
      default -> {
        requireJsonb(value);
        element.append(value.ref, value.offset(), value.length());
      }
    }
    return element;
  }

  /**
   * An element as SQL value.
   *
   * @param form of arrays and objects
   */
  static void toSql(JsonBytes document, int at, JsonForm form, Register result) {
    byte[] bytes = document.bytes;
    int end = Jsonb.end(bytes, at, document.length);
    int payload = Jsonb.payload(bytes, at, end);
    int size = end - payload;
    switch (Jsonb.type(bytes, at)) {
      case Jsonb.NULL -> result.setNull();
      case Jsonb.TRUE -> result.setInteger(1);
      case Jsonb.FALSE -> result.setInteger(0);
      case Jsonb.INT -> integer(bytes, payload, size, result);
      case Jsonb.INT5 -> hexadecimal(bytes, payload, end, result);
      case Jsonb.FLOAT, Jsonb.FLOAT5 -> real(bytes, payload, size, result);
      case Jsonb.TEXT, Jsonb.TEXTRAW -> {
        JsonBytes copy = new JsonBytes(size);
        copy.append(bytes, payload, size);
        result.setText(copy.bytes, 0, size);
      }
      case Jsonb.TEXTJ, Jsonb.TEXT5 -> {
        JsonBytes text = new JsonBytes(size);
        JsonStrings.appendUnescaped(bytes, payload, size, text);
        result.setText(text.bytes, 0, text.length);
      }
      case Jsonb.ARRAY, Jsonb.OBJECT -> container(document, at, end, form, result);
      default -> throw Jsonb.malformed();
    }
  }

  private static void container(
      JsonBytes document, int at, int end, JsonForm form, Register result) {
    if (form == JsonForm.BINARY) {
      JsonBytes copy = new JsonBytes(end - at);
      copy.append(document.bytes, at, end - at);
      copy.toBlob(result);
      return;
    }
    JsonTextWriter.minified(document, at).toJsonText(result);
    if (form == JsonForm.PLAIN_TEXT) {
      result.subtype = 0;
    }
  }

  private static void integer(byte[] bytes, int from, int size, Register result) {
    if (size == 0) {
      throw Jsonb.malformed();
    }
    if (TextToNumber.isLong(bytes, from, size)) {
      result.setInteger(TextToNumber.prefixLong(bytes, from, size));
    } else {
      real(bytes, from, size, result);
    }
  }

  private static void real(byte[] bytes, int from, int size, Register result) {
    if (size == 0) {
      throw Jsonb.malformed();
    }
    result.setReal(TextToNumber.prefixDouble(bytes, from, size));
  }

  /** A number of strict JSON as SQL value. */
  static void number(byte[] bytes, int from, int size, boolean real, Register result) {
    if (real) {
      real(bytes, from, size, result);
    } else {
      integer(bytes, from, size, result);
    }
  }

  private static void hexadecimal(byte[] bytes, int from, int end, Register result) {
    boolean negative = from < end && bytes[from] == '-';
    int digits = from + (negative ? 3 : 2);
    while (digits < end && bytes[digits] == '0') {
      digits++;
    }
    if (digits > end || end - digits > 16) {
      throw Jsonb.malformed();
    }
    long value = 0;
    for (int i = digits; i < end; i++) {
      value = value << 4 | Character.digit(bytes[i], 16) & 15;
    }
    if (value >= 0) {
      result.setInteger(negative ? -value : value);
    } else {
      double real = new BigInteger(Long.toUnsignedString(value)).doubleValue();
      result.setReal(negative ? -real : real);
    }
  }

  /** A document as the result of a function. */
  static void result(JsonBytes document, JsonForm form, Register result) {
    if (form == JsonForm.BINARY) {
      document.toBlob(result);
    } else {
      JsonTextWriter.minified(document, 0).toJsonText(result);
    }
  }

  /** JSON text that a function built as its result; as JSONB it is parsed again. */
  static void textResult(JsonBytes text, JsonForm form, Register result) {
    if (form != JsonForm.BINARY) {
      text.toJsonText(result);
      return;
    }
    JsonTextParser parser = new JsonTextParser(text.bytes, 0, text.length);
    if (!parser.parse()) {
      throw Jsonb.malformed();
    }
    parser.jsonb().toBlob(result);
  }
}
