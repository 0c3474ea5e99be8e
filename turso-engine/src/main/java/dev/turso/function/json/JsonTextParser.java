package dev.turso.function.json;

/**
 * JSON or JSON5 text into JSONB. Not reusable.
 *
 * <p>After {@link #parse} failed, {@link #errorOffset} is the offset of the byte at fault, which
 * {@code json_error_position()} shows.
 */
final class JsonTextParser {

  static final int MAXIMUM_DEPTH = 1000;

  private static final int END = 0;
  private static final int FAILED = -1;
  private static final int CLOSING_BRACE = -2;
  private static final int CLOSING_BRACKET = -3;
  private static final int COMMA = -4;
  private static final int COLON = -5;

  private final byte[] text;
  private final int start;
  private final int limit;
  private final JsonBytes out;
  private int errorOffset;
  private int signOffset;
  private int depth;
  private boolean nonstandard;

  /** A parser of a slice of an array; a zero byte ends the text early. */
  JsonTextParser(byte[] text, int offset, int length) {
    this.text = text;
    this.start = offset;
    int end = offset;
    while (end < offset + length && text[end] != 0) {
      end++;
    }
    this.limit = end;
    this.out = new JsonBytes(length + 8);
  }

  /** The JSONB of the text, valid if {@link #parse} returned true. */
  JsonBytes jsonb() {
    return out;
  }

  /** Whether something was JSON5 only. */
  boolean isNonstandard() {
    return nonstandard;
  }

  /** Offset of the first byte that was not understood. */
  int errorOffset() {
    return errorOffset - start;
  }

  /** Translates the whole text; false if it is malformed. */
  boolean parse() {
    errorOffset = start;
    int end = valueOrSign(start);
    if (end <= 0) {
      return false;
    }
    int at = skipJsonSpace(end);
    if (at < limit) {
      at = Json5Space.skip(text, at, limit);
      if (at < limit) {
        return false;
      }
      nonstandard = true;
    }
    return true;
  }

  private byte at(int offset) {
    return offset < limit ? text[offset] : 0;
  }

  private int fail(int offset) {
    errorOffset = offset;
    return FAILED;
  }

  private int skipJsonSpace(int from) {
    int at = from;
    while (at < limit && Json5Space.isJsonSpace(text[at])) {
      at++;
    }
    return at;
  }

  private int skipSpace(int from) {
    int at = skipJsonSpace(from);
    int end = Json5Space.skip(text, at, limit);
    nonstandard |= end > at;
    return end;
  }

  /** Translates the value that starts exactly here; returns the offset behind it, or -1. */
  private int value(int from) {
    byte first = at(from);
    return switch (first) {
      case '{' -> object(from);
      case '[' -> array(from);
      case '"', '\'' -> string(from);
      case 't' -> word(from, "true", Jsonb.TRUE);
      case 'f' -> word(from, "false", Jsonb.FALSE);
      case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(from);
      case 'n' -> isWord(from, "null") ? word(from, "null", Jsonb.NULL) : special(from);
      default -> special(from);
    };
  }

  private boolean isWord(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at(from + i) != word.charAt(i)) {
        return false;
      }
    }
    return !isAlphanumeric(at(from + word.length()));
  }

  private int word(int from, String word, int type) {
    if (!isWord(from, word)) {
      return fail(from);
    }
    out.appendHeader(type, 0);
    return from + word.length();
  }

  /** NaN and the infinities, which become null and an overflowing number. */
  private int special(int from) {
    if (startsWithIgnoringCase(from, "infinity")) {
      return specialNumber(from, 8, Jsonb.FLOAT, "9e999");
    }
    if (startsWithIgnoringCase(from, "inf")) {
      return specialNumber(from, 3, Jsonb.FLOAT, "9e999");
    }
    if (startsWithIgnoringCase(from, "nan")) {
      return specialNumber(from, 3, Jsonb.NULL, "");
    }
    if (startsWithIgnoringCase(from, "qnan") || startsWithIgnoringCase(from, "snan")) {
      return specialNumber(from, 4, Jsonb.NULL, "");
    }
    return fail(from);
  }

  private boolean startsWithIgnoringCase(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if ((at(from + i) | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return !isAlphanumeric(at(from + word.length()));
  }

  private int specialNumber(int from, int length, int type, String payload) {
    nonstandard = true;
    out.appendElement(type, payload);
    return from + length;
  }

  private int array(int from) {
    if (++depth > MAXIMUM_DEPTH) {
      return fail(from);
    }
    int container = out.beginContainer(Jsonb.ARRAY, limit - from);
    int body = out.length;
    int at = from + 1;
    while (true) {
      int next = valueOrSign(at);
      if (next == CLOSING_BRACKET) {
        nonstandard |= out.length > body;
        at = errorOffset;
        break;
      }
      if (next <= 0) {
        return next == FAILED ? FAILED : fail(at);
      }
      at = skipJsonSpace(next);
      int sign = sign(at, ',', ']');
      if (sign == CLOSING_BRACKET) {
        at = signOffset;
        break;
      }
      if (sign != COMMA) {
        return fail(at);
      }
      at = signOffset + 1;
    }
    out.endContainer(container);
    depth--;
    return at + 1;
  }

  private int object(int from) {
    if (++depth > MAXIMUM_DEPTH) {
      return fail(from);
    }
    int container = out.beginContainer(Jsonb.OBJECT, limit - from);
    int body = out.length;
    int at = from + 1;
    while (true) {
      int afterLabel = label(at);
      if (afterLabel == CLOSING_BRACE) {
        nonstandard |= out.length > body;
        at = errorOffset;
        break;
      }
      if (afterLabel == FAILED) {
        return FAILED;
      }
      at = skipJsonSpace(afterLabel);
      int colon = sign(at, ':', ':');
      if (colon != COLON) {
        return colon == FAILED ? FAILED : fail(at);
      }
      at = signOffset + 1;
      int next = valueOrSign(at);
      if (next <= 0) {
        return next == FAILED ? FAILED : fail(at);
      }
      at = skipJsonSpace(next);
      int sign = sign(at, ',', '}');
      if (sign == CLOSING_BRACE) {
        at = signOffset;
        break;
      }
      if (sign != COMMA) {
        return fail(at);
      }
      at = signOffset + 1;
    }
    out.endContainer(container);
    depth--;
    return at + 1;
  }

  /** A value's end, or what stands there instead; then {@link #errorOffset} is where. */
  private int valueOrSign(int from) {
    int at = skipSpace(from);
    if (at >= limit) {
      return END;
    }
    int sign = signAt(at);
    if (sign == 0) {
      return value(at);
    }
    errorOffset = at;
    return sign;
  }

  private int signAt(int at) {
    return switch (at(at)) {
      case '}' -> CLOSING_BRACE;
      case ']' -> CLOSING_BRACKET;
      case ',' -> COMMA;
      case ':' -> COLON;
      default -> 0;
    };
  }

  /**
   * The sign that stands here, or behind JSON5 space; {@link #signOffset} is where. As in SQLite,
   * the
   * offset of an error moves only with the latter, and so does what a value here has wrong with it.
   */
  private int sign(int at, char one, char other) {
    signOffset = at;
    if (at(at) == one || at(at) == other) {
      return signAt(at);
    }
    int found = valueOrSign(at);
    signOffset = errorOffset;
    return found;
  }

  /**
   * Translates a label; returns the offset behind it, {@link #CLOSING_BRACE} or {@link #FAILED}.
   */
  private int label(int from) {
    int start = out.length;
    int end = valueOrSign(from);
    if (end == CLOSING_BRACE) {
      return end;
    }
    if (end > 0) {
      return Jsonb.isText(Jsonb.type(out.bytes, start)) ? end : fail(from);
    }
    int word = Json5Space.skip(text, from, limit);
    int wordEnd = word;
    int type = Jsonb.TEXT;
    while (true) {
      if (isUnicodeEscape(wordEnd)) {
        type = Jsonb.TEXTJ;
        wordEnd += 2;
      } else if (isIdentifierPart(wordEnd, wordEnd == word)) {
        wordEnd++;
      } else {
        break;
      }
    }
    if (wordEnd == word) {
      return end == FAILED ? FAILED : fail(word);
    }
    nonstandard = true;
    out.appendElement(type, text, word, wordEnd - word);
    return wordEnd;
  }

  private boolean isUnicodeEscape(int at) {
    return at(at) == '\\' && at(at + 1) == 'u' && areHex(at + 2, 4);
  }

  private boolean isIdentifierPart(int at, boolean first) {
    byte b = at(at);
    if (b < 0) {
      return Json5Space.skip(text, at, limit) == at;
    }
    return b == '_' || b == '$' || (isAlphanumeric(b) && !(first && isDigit(b)));
  }

  private int string(int from) {
    byte quote = text[from];
    nonstandard |= quote == '\'';
    int type = Jsonb.TEXT;
    int at = from + 1;
    while (true) {
      byte b = at(at);
      if (b == quote) {
        break;
      }
      if (b == '\\') {
        int escape = escape(at + 1);
        if (escape == 0) {
          return fail(at + 1);
        }
        type = Math.max(type, escape);
        at += at(at + 1) == '\r' && at(at + 2) == '\n' ? 2 : 1;
      } else if (b >= 0 && b < 0x20) {
        if (at >= limit) {
          return fail(at);
        }
        type = Jsonb.TEXT5;
        nonstandard = true;
      } else if (b == '"') {
        type = Jsonb.TEXT5;
      }
      at++;
    }
    out.appendElement(type, text, from + 1, at - from - 1);
    return at + 1;
  }

  /** The type of text that the escape behind a backslash asks for, 0 if it is none. */
  private int escape(int at) {
    switch (at(at)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
        return Jsonb.TEXTJ;
      case 'u':
        return areHex(at + 1, 4) ? Jsonb.TEXTJ : 0;
      case '\'', 'v', '\n', '\r':
        break;
      case '0':
        if (isDigit(at(at + 1))) {
          return 0;
        }
        break;
      case 'x':
        if (!areHex(at + 1, 2)) {
          return 0;
        }
        break;
      case (byte) 0xe2:
        if (at(at + 1) != (byte) 0x80 || (at(at + 2) & 0xfe) != 0xa8) {
          return 0;
        }
        break;
      default:
        return 0;
    }
    nonstandard = true;
    return Jsonb.TEXT5;
  }

  private int number(int from) {
    int at = from;
    byte sign = at(at);
    if (sign == '+' || sign == '-') {
      at++;
      nonstandard |= sign == '+';
      if (startsWithIgnoringCase(at, "infinity")) {
        return infinity(from, at + 8);
      }
      if (startsWithIgnoringCase(at, "inf")) {
        return infinity(from, at + 3);
      }
    }
    int payload = sign == '+' ? at : from;
    if (at(at) == '0' && (at(at + 1) | 0x20) == 'x' && areHex(at + 2, 1)) {
      return hexadecimal(payload, at + 3);
    }
    if (at(at) == '0' && isDigit(at(at + 1))) {
      return fail(from + 1);
    }
    return decimal(from, payload, at);
  }

  private int infinity(int from, int end) {
    nonstandard = true;
    out.appendElement(Jsonb.FLOAT, at(from) == '-' ? "-9e999" : "9e999");
    return end;
  }

  private int hexadecimal(int payload, int from) {
    int at = from;
    while (areHex(at, 1)) {
      at++;
    }
    nonstandard = true;
    out.appendElement(Jsonb.INT5, text, payload, at - payload);
    return at;
  }

  private int decimal(int from, int payload, int digits) {
    int at = digits;
    boolean real = false;
    boolean json5 = false;
    while (isDigit(at(at))) {
      at++;
    }
    if (at(at) == '.') {
      real = true;
      boolean leading = at == digits;
      at++;
      boolean trailing = !isDigit(at(at));
      if (leading && trailing) {
        return fail(digits == from ? from : at);
      }
      json5 = leading || trailing;
      while (isDigit(at(at))) {
        at++;
      }
    } else if (at == digits) {
      return fail(from);
    }
    if ((at(at) | 0x20) == 'e') {
      real = true;
      at++;
      if (at(at) == '+' || at(at) == '-') {
        at++;
      }
      if (!isDigit(at(at))) {
        return fail(at - 1);
      }
      while (isDigit(at(at))) {
        at++;
      }
    }
    if (at(at) == '.' || (at(at) | 0x20) == 'e') {
      return fail(at);
    }
    nonstandard |= json5;
    int type = json5 ? Jsonb.FLOAT5 : real ? Jsonb.FLOAT : Jsonb.INT;
    out.appendElement(type, text, payload, at - payload);
    return at;
  }

  private boolean areHex(int from, int count) {
    for (int i = 0; i < count; i++) {
      if (Character.digit(at(from + i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isAlphanumeric(byte b) {
    return isDigit(b) || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z' && b > 0);
  }
}
