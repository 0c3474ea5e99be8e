package dev.turso.function.text;

import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Register;
import dev.turso.value.TextBuilder;
import dev.turso.value.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions that other databases have and SQLite has not: repeat, lpad, rpad, reverse
 * (string_reverse), strpos, chr, btrim, get_byte, set_byte. NULL gives NULL.
 */
public final class PortableTextFunctions implements ScalarFunction {

  private static final int REPEAT = 0;
  private static final int LPAD = 1;
  private static final int RPAD = 2;
  private static final int REVERSE = 3;
  private static final int STRPOS = 4;
  private static final int CHR = 5;
  private static final int BTRIM = 6;
  private static final int GET_BYTE = 7;
  private static final int SET_BYTE = 8;

  private final int which;

  private PortableTextFunctions(int which) {
    this.which = which;
  }

  /** All functions of this family. */
  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(define("repeat", 2, 2, REPEAT));
    all.add(define("lpad", 2, 3, LPAD));
    all.add(define("rpad", 2, 3, RPAD));
    all.add(define("reverse", 1, 1, REVERSE));
    all.add(define("string_reverse", 1, 1, REVERSE));
    all.add(define("strpos", 2, 2, STRPOS));
    all.add(define("chr", 1, 1, CHR));
    all.add(define("btrim", 1, 2, BTRIM));
    all.add(define("get_byte", 2, 2, GET_BYTE));
    all.add(define("set_byte", 3, 3, SET_BYTE));
    return all;
  }

  private static FunctionDefinition define(String name, int fewest, int most, int which) {
    return ScalarDefinition.pure(name, fewest, most, new PortableTextFunctions(which));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    for (int i = 0; i < count; i++) {
      if (arguments[i].isNull()) {
        result.setNull();
        return;
      }
    }
    Register first = arguments[0];
    switch (which) {
      case REPEAT -> repeat(first.asBytes(), arguments[1].asLong(), result);
      case LPAD, RPAD -> pad(arguments, count, which == LPAD, result);
      case REVERSE -> reverse(first, result);
      case STRPOS -> result.setInteger(position(first, arguments[1]));
      case CHR -> new TextBuilder().appendCodePoint((int) first.asLong()).moveTo(result);
      case BTRIM -> Trim.call(arguments, count, true, true, result);
      case GET_BYTE -> {
        byte[] bytes = first.asBytes();
        result.setInteger(bytes[index(arguments[1], bytes.length)] & 0xff);
      }
      case SET_BYTE -> {
        byte[] bytes = first.asBytes();
        bytes[index(arguments[1], bytes.length)] = (byte) arguments[2].asLong();
        result.setBlob(bytes);
      }
      default -> throw new AssertionError(which);
    }
  }

  private static void repeat(byte[] text, long times, Register result) {
    TextBuilder out = new TextBuilder();
    for (long i = 0; i < times && text.length > 0; i++) {
      out.append(text);
    }
    out.moveTo(result);
  }

  /** To a length in characters; what is longer is cut off on the right. */
  private static void pad(Register[] arguments, int count, boolean left, Register result) {
    byte[] text = arguments[0].asBytes();
    byte[] fill = count == 3 ? arguments[2].asBytes() : new byte[] {' '};
    long wanted = Math.max(arguments[1].asLong(), 0);
    int characters = Utf8.length(text, 0, text.length);
    if (characters >= wanted || fill.length == 0) {
      result.setText(text, 0, offsetOf(text, Math.min(wanted, characters)));
      return;
    }
    long missing = wanted - characters;
    int fillCharacters = Math.max(Utf8.length(fill, 0, fill.length), 1);
    TextBuilder padding = new TextBuilder();
    for (long i = missing / fillCharacters; i > 0; i--) {
      padding.append(fill);
    }
    padding.append(fill, 0, offsetOf(fill, missing % fillCharacters));
    TextBuilder out = new TextBuilder();
    if (left) {
      out.append(padding.toBytes()).append(text);
    } else {
      out.append(text).append(padding.toBytes());
    }
    out.moveTo(result);
  }

  /** Where the character of that number starts. */
  private static int offsetOf(byte[] text, long character) {
    int offset = 0;
    for (long i = 0; i < character; i++) {
      offset = Utf8.next(text, offset, text.length);
    }
    return offset;
  }

  private static void reverse(Register value, Register result) {
    byte[] text = value.asBytes();
    byte[] reversed = new byte[text.length];
    for (int i = 0; i < text.length; ) {
      int next = Utf8.next(text, i, text.length);
      System.arraycopy(text, i, reversed, text.length - next, next - i);
      i = next;
    }
    result.setText(reversed);
  }

  private static long position(Register haystack, Register needle) {
    String text = haystack.asString();
    int index = text.indexOf(needle.asString());
    return index < 0 ? 0 : text.codePointCount(0, index) + 1;
  }

  private static int index(Register argument, int length) {
    long index = argument.asLong();
    if (index < 0 || index >= length) {
      throw new SqlException("index " + index + " out of valid range, 0.." + (length - 1));
    }
    return (int) index;
  }
}
