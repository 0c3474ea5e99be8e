package dev.turso.function.json;

import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The functions that look something up in a document. */
final class JsonExtract {

  private JsonExtract() {}

  static void extract(Register[] arguments, int count, JsonForm form, Register result) {
    if (count < 2) {
      return;
    }
    if (count == 2 && scan(arguments[0], arguments[1], result)) {
      return;
    }
    JsonBytes document = JsonValues.document(arguments[0]);
    if (document == null) {
      return;
    }
    if (count > 2) {
      several(document, arguments, count, form, result);
    } else if (!arguments[1].isNull()) {
      int found = find(document, arguments[1]);
      if (found != JsonPath.NOT_FOUND) {
        JsonValues.toSql(document, found, form, result);
      }
    }
  }

  /** Answers the simple case, a text and a path of plain labels, without parsing. */
  private static boolean scan(Register document, Register path, Register result) {
    if (document.tag != Tag.TEXT || path.tag != Tag.TEXT) {
      return false;
    }
    result.setNull();
    return JsonTextScan.extract(document, JsonPath.bytes(path), result);
  }

  private static int find(JsonBytes document, Register path) {
    return JsonPath.lookup(JsonPath.bytes(path), document).find();
  }

  private static void several(
      JsonBytes document, Register[] arguments, int count, JsonForm form, Register result) {
    JsonBytes text = new JsonBytes(64);
    text.append('[');
    for (int i = 1; i < count; i++) {
      if (arguments[i].isNull()) {
        return;
      }
      int found = find(document, arguments[i]);
      if (i > 1) {
        text.append(',');
      }
      if (found == JsonPath.NOT_FOUND) {
        text.append("null");
      } else {
        new JsonTextWriter(document.bytes, document.length, text, null).element(found);
      }
    }
    text.append(']');
    JsonValues.textResult(text, form, result);
  }

  /** {@code ->}: the element as JSON. */
  static void arrow(Register[] arguments, Register result) {
    JsonBytes document = JsonValues.document(arguments[0]);
    if (document == null || arguments[1].isNull()) {
      return;
    }
    int found = findAbbreviated(document, arguments[1]);
    if (found != JsonPath.NOT_FOUND) {
      JsonTextWriter.minified(document, found).toJsonText(result);
    }
  }

  /** {@code ->>}: the element as SQL value. */
  static void doubleArrow(Register[] arguments, Register result) {
    if (scan(arguments[0], arguments[1], result)) {
      return;
    }
    JsonBytes document = JsonValues.document(arguments[0]);
    if (document == null || arguments[1].isNull()) {
      return;
    }
    int found = findAbbreviated(document, arguments[1]);
    if (found != JsonPath.NOT_FOUND) {
      JsonValues.toSql(document, found, JsonForm.PLAIN_TEXT, result);
    }
  }

  private static int findAbbreviated(JsonBytes document, Register operand) {
    byte[] text = JsonPath.bytes(operand);
    return JsonPath.lookup(abbreviated(operand, text), text, document).find();
  }

  /** The path that the right operand of an arrow stands for: an index, a label or a path. */
  private static byte[] abbreviated(Register operand, byte[] text) {
    if (text.length > 0 && text[0] == '$') {
      return text;
    }
    JsonBytes path = new JsonBytes(text.length + 5);
    path.append('$');
    if (operand.tag == Tag.INTEGER) {
      path.append(text[0] == '-' ? "[#" : "[");
      path.append(text, 0, text.length);
      path.append(']');
    } else if (isAlphanumeric(text)) {
      path.append('.');
      path.append(text, 0, text.length);
    } else if (text.length >= 3 && text[0] == '[' && text[text.length - 1] == ']') {
      path.append(text, 0, text.length);
    } else {
      path.append(".\"");
      path.append(text, 0, text.length);
      path.append('"');
    }
    return path.toBytes();
  }

  private static boolean isAlphanumeric(byte[] text) {
    for (byte b : text) {
      if (!JsonTextParser.isAlphanumeric(b)) {
        return false;
      }
    }
    return true;
  }

  static void arrayLength(Register[] arguments, int count, Register result) {
    JsonBytes document = JsonValues.document(arguments[0]);
    int found = rootOrFound(document, arguments, count);
    if (document != null && found != JsonPath.NOT_FOUND) {
      boolean isArray = Jsonb.type(document.bytes, found) == Jsonb.ARRAY;
      result.setInteger(isArray ? JsonPath.arrayLength(document, found) : 0);
    }
  }

  static void type(Register[] arguments, int count, Register result) {
    JsonBytes document = JsonValues.document(arguments[0]);
    int found = rootOrFound(document, arguments, count);
    if (document != null && found != JsonPath.NOT_FOUND) {
      String name = Jsonb.typeName(Jsonb.type(document.bytes, found));
      result.setText(name.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static int rootOrFound(@Nullable JsonBytes document, Register[] arguments, int count) {
    if (document == null || count == 1) {
      return 0;
    }
    return arguments[1].isNull() ? JsonPath.NOT_FOUND : find(document, arguments[1]);
  }
}
