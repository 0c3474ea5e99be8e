package dev.turso.function.text;

import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.value.NumberToText;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextBuilder;
import dev.turso.value.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The family of functions on texts and blobs.
 *
 * @see <a href="https://www.sqlite.org/lang_corefunc.html">Built-in scalar functions</a>
 */
public final class TextFunctions implements ScalarFunction {

  private static final int LENGTH = 0;
  private static final int OCTET_LENGTH = 1;
  private static final int LOWER = 2;
  private static final int UPPER = 3;
  private static final int SUBSTR = 4;
  private static final int INSTR = 5;
  private static final int REPLACE = 6;
  private static final int TRIM = 7;
  private static final int LTRIM = 8;
  private static final int RTRIM = 9;
  private static final int CHAR = 10;
  private static final int UNICODE = 11;
  private static final int HEX = 12;
  private static final int UNHEX = 13;
  private static final int QUOTE = 14;
  private static final int CONCAT = 15;
  private static final int CONCAT_WS = 16;
  private static final int SOUNDEX = 17;
  private static final int UNISTR = 18;
  private static final int UNISTR_QUOTE = 19;

  private static final byte[] NO_BYTES = {};

  private final int which;

  private TextFunctions(int which) {
    this.which = which;
  }

  /** All functions of this family. */
  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(define("length", 1, 1, LENGTH));
    all.add(define("octet_length", 1, 1, OCTET_LENGTH));
    all.add(define("lower", 1, 1, LOWER));
    all.add(define("upper", 1, 1, UPPER));
    all.add(define("substr", 2, 3, SUBSTR));
    all.add(define("substring", 2, 3, SUBSTR));
    all.add(define("instr", 2, 2, INSTR));
    all.add(define("replace", 3, 3, REPLACE));
    all.add(define("trim", 1, 2, TRIM));
    all.add(define("ltrim", 1, 2, LTRIM));
    all.add(define("rtrim", 1, 2, RTRIM));
    all.add(define("char", 0, Signature.ANY, CHAR));
    all.add(define("unicode", 1, 1, UNICODE));
    all.add(define("hex", 1, 1, HEX));
    all.add(define("unhex", 1, 2, UNHEX));
    all.add(define("quote", 1, 1, QUOTE));
    all.add(define("concat", 1, Signature.ANY, CONCAT));
    all.add(define("concat_ws", 2, Signature.ANY, CONCAT_WS));
    all.add(define("soundex", 1, 1, SOUNDEX));
    all.add(define("unistr", 1, 1, UNISTR));
    all.add(define("unistr_quote", 1, 1, UNISTR_QUOTE));
    return all;
  }

  private static FunctionDefinition define(String name, int fewest, int most, int which) {
    return ScalarDefinition.pure(name, fewest, most, new TextFunctions(which));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    Register first = count > 0 ? arguments[0] : result;
    switch (which) {
      case LENGTH -> length(first, result);
      case OCTET_LENGTH -> octetLength(first, result);
      case LOWER -> changeCase(first, 'A', 'Z', result);
      case UPPER -> changeCase(first, 'a', 'z', result);
      case SUBSTR -> Substring.call(arguments, count, result);
      case INSTR -> instr(first, arguments[1], result);
      case REPLACE -> Replacement.call(first, arguments[1], arguments[2], result);
      case TRIM -> Trim.call(arguments, count, true, true, result);
      case LTRIM -> Trim.call(arguments, count, true, false, result);
      case RTRIM -> Trim.call(arguments, count, false, true, result);
      case CHAR -> character(arguments, count, result);
      case UNICODE -> unicode(first, result);
      case HEX -> Hexadecimal.hex(first, result);
      case UNHEX -> Hexadecimal.unhex(arguments, count, result);
      case QUOTE -> Quoting.quote(first, result);
      case CONCAT -> concat(arguments, 0, count, NO_BYTES, result);
      case CONCAT_WS -> concatWithSeparator(arguments, count, result);
      case SOUNDEX -> Soundex.call(first, result);
      case UNISTR -> UnicodeEscape.decode(first, result);
      case UNISTR_QUOTE -> UnicodeEscape.quote(first, result);
      default -> throw new AssertionError(which);
    }
  }

  /** Where a text ends that may hold a zero byte: there, or after its last byte. */
  static int end(Register text) {
    int end = text.offset() + text.length();
    for (int i = text.offset(); i < end; i++) {
      if (text.ref[i] == 0) {
        return i;
      }
    }
    return end;
  }

  private static void length(Register value, Register result) {
    switch (value.tag) {
      case Tag.TEXT -> result.setInteger(characters(value));
      case Tag.NULL -> result.setNull();
      default -> octetLength(value, result);
    }
  }

  private static int characters(Register text) {
    int end = text.offset() + text.length();
    int count = 0;
    for (int i = text.offset(); i < end && text.ref[i] != 0; i = Utf8.skip(text.ref, i, end)) {
      count++;
    }
    return count;
  }

  private static void octetLength(Register value, Register result) {
    switch (value.tag) {
      case Tag.NULL -> result.setNull();
      case Tag.INTEGER -> result.setInteger(NumberToText.length(value.bits));
      case Tag.REAL -> result.setInteger(NumberToText.bytes(value.real()).length);
      default -> result.setInteger(value.length());
    }
  }

  private static void changeCase(Register value, int from, int to, Register result) {
    if (value.isNull()) {
      result.setNull();
      return;
    }
    value.textify();
    byte[] text = Arrays.copyOfRange(value.ref, value.offset(), value.offset() + value.length());
    for (int i = 0; i < text.length; i++) {
      if (text[i] >= from && text[i] <= to) {
        text[i] ^= 0x20;
      }
    }
    result.setText(text);
  }

  private static void instr(Register haystack, Register needle, Register result) {
    if (haystack.isNull() || needle.isNull()) {
      result.setNull();
      return;
    }
    boolean bytes = haystack.tag == Tag.BLOB && needle.tag == Tag.BLOB;
    haystack.textify();
    needle.textify();
    byte[] text = haystack.ref;
    int end = haystack.offset() + haystack.length();
    int size = needle.length();
    int at = haystack.offset();
    long position = 1;
    while (size > 0 && at + size <= end && !startsWith(text, at, needle, size)) {
      position++;
      at++;
      while (!bytes && at < end && (text[at] & 0xc0) == 0x80) {
        at++;
      }
    }
    result.setInteger(at + size > end ? 0 : position);
  }

  private static boolean startsWith(byte[] text, int at, Register part, int size) {
    int offset = part.offset();
    return text[at] == part.ref[offset]
        && Arrays.equals(text, at, at + size, part.ref, offset, offset + size);
  }

  private static void character(Register[] arguments, int count, Register result) {
    TextBuilder text = new TextBuilder(count * 4);
    for (int i = 0; i < count; i++) {
      long codePoint = arguments[i].asLong();
      text.appendCodePoint(codePoint < 0 || codePoint > 0x10ffff ? 0xfffd : (int) codePoint);
    }
    text.moveTo(result);
  }

  private static void unicode(Register value, Register result) {
    value.textify();
    if (value.isNull() || value.length() == 0 || value.ref[value.offset()] == 0) {
      result.setNull();
    } else {
      int offset = value.offset();
      result.setInteger(Utf8.codePoint(value.ref, offset, offset + value.length()));
    }
  }

  private static void concatWithSeparator(Register[] arguments, int count, Register result) {
    if (arguments[0].isNull()) {
      result.setNull();
    } else {
      concat(arguments, 1, count, arguments[0].asBytes(), result);
    }
  }

  private static void concat(
      Register[] arguments, int from, int count, byte[] separator, Register result) {
    TextBuilder text = new TextBuilder();
    boolean any = false;
    for (int i = from; i < count; i++) {
      if (!arguments[i].isNull()) {
        if (any) {
          text.append(separator);
        }
        text.append(arguments[i]);
        any = true;
      }
    }
    text.moveTo(result);
  }
}
