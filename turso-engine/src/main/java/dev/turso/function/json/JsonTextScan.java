package dev.turso.function.json;

import dev.turso.value.Register;
import java.util.Arrays;

/**
 * Looks a path up in a JSON text by reading it once, without building anything.
 *
 * <p>Serves the common case only: paths of plain labels and indexes, documents of strict JSON without
 * escapes, nested no deeper than {@value #DEEPEST}, and an answer that is no container. Everything
 * else, malformed text included, is left to {@link JsonTextParser}. The text is read to its end, since
 * what comes behind the answer must be JSON too. Six times as fast as to parse.
 */
final class JsonTextScan {

  private static final int DEEPEST = 100;
  private static final int FAILED = -1;
  private static final int OFF_PATH = -1;

  private final byte[] text;
  private final int end;
  private final byte[] path;
  private int found = FAILED;
  private int foundEnd;
  private boolean real;
  private boolean foundReal;

  private JsonTextScan(byte[] text, int end, byte[] path) {
    this.text = text;
    this.end = end;
    this.path = path;
  }

  /**
   * Puts what the path leads to, NULL if nothing, into the result, which is NULL before.
   *
   * @return false if this case is none of ours
   */
  static boolean extract(Register document, byte[] path, Register result) {
    if (!isPlain(path)) {
      return false;
    }
    int start = document.offset();
    JsonTextScan scan = new JsonTextScan(document.ref, start + document.length(), path);
    int at = scan.value(start, 1, 0);
    if (at == FAILED || scan.space(at) != scan.end) {
      return false;
    }
    return scan.found == FAILED || scan.answer(result);
  }

  /** Whether a path is made of nothing but {@code .label} and {@code [1]}. */
  private static boolean isPlain(byte[] path) {
    if (path.length == 0 || path[0] != '$') {
      return false;
    }
    int at = 1;
    while (at < path.length) {
      int first = at + 1;
      if (path[at] == '.') {
        at = labelEnd(path, first);
      } else if (path[at] == '[') {
        at = first;
        while (at < path.length && isDigit(path[at])) {
          at++;
        }
        if (at - first > 8 || at == path.length || path[at] != ']') {
          return false;
        }
      } else {
        return false;
      }
      if (at == first) {
        return false;
      }
      at += path[first - 1] == '[' ? 1 : 0;
    }
    return true;
  }

  private static int labelEnd(byte[] path, int from) {
    int at = from;
    while (at < path.length && (isDigit(path[at]) || isLetter(path[at]))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLetter(int b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z' || b == '_';
  }

  private boolean answer(Register result) {
    byte[] a = text;
    switch (a[found]) {
      case '"' -> {
        byte[] copy = Arrays.copyOfRange(a, found + 1, foundEnd - 1);
        result.setText(copy, 0, copy.length);
      }
      case 't' -> result.setInteger(1);
      case 'f' -> result.setInteger(0);
      case 'n' -> result.setNull();
      case '{', '[' -> {
        return false;
      }
      default -> JsonValues.number(a, found, foundEnd - found, foundReal, result);
    }
    return true;
  }

  // ---- reading; each gives the place behind what it reads, or FAILED

  private int space(int from) {
    int at = from;
    while (at < end
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  private int byteAt(int at) {
    return at < end ? text[at] : 0;
  }

  /**
   * Reads a value.
   *
   * @param on where in the path the step after this value is, or {@link #OFF_PATH}
   */
  private int value(int from, int on, int depth) {
    int start = space(from);
    int after;
    switch (byteAt(start)) {
      case '"' -> after = string(start);
      case '{' -> after = depth == DEEPEST ? FAILED : object(start, on, depth);
      case '[' -> after = depth == DEEPEST ? FAILED : array(start, on, depth);
      case 't' -> after = word(start, 4, 'r', 'u', 'e');
      case 'f' -> after = byteAt(start + 1) == 'a' ? word(start + 1, 4, 'l', 's', 'e') : FAILED;
      case 'n' -> after = word(start, 4, 'u', 'l', 'l');
      default -> after = number(start);
    }
    if (after != FAILED && on == path.length) {
      found = start;
      foundEnd = after;
      foundReal = real;
    }
    return after;
  }

  private int word(int start, int length, int second, int third, int fourth) {
    return byteAt(start + 1) == second && byteAt(start + 2) == third && byteAt(start + 3) == fourth
        ? start + length
        : FAILED;
  }

  private int string(int start) {
    byte[] a = text;
    for (int at = start + 1; at < end; at++) {
      int b = a[at];
      if (b == '"') {
        return at + 1;
      }
      if (b == '\\' || b >= 0 && b < ' ') {
        return FAILED;
      }
    }
    return FAILED;
  }

  private int number(int start) {
    real = false;
    int at = byteAt(start) == '-' ? start + 1 : start;
    int first = at;
    at = digits(at);
    if (at == first || byteAt(first) == '0' && at > first + 1) {
      return FAILED;
    }
    if (byteAt(at) == '.') {
      first = at + 1;
      at = digits(first);
      real = true;
    }
    if (at != first && (byteAt(at) | 0x20) == 'e') {
      first = byteAt(at + 1) == '-' || byteAt(at + 1) == '+' ? at + 2 : at + 1;
      at = digits(first);
      real = true;
    }
    return at == first ? FAILED : at;
  }

  private int digits(int from) {
    int at = from;
    while (at < end && isDigit(text[at])) {
      at++;
    }
    return at;
  }

  private int object(int start, int on, int depth) {
    int label = OFF_PATH;
    int labelEnd = OFF_PATH;
    if (on != OFF_PATH && on < path.length && path[on] == '.') {
      label = on + 1;
      labelEnd = labelEnd(path, label);
    }
    int at = space(start + 1);
    if (byteAt(at) == '}') {
      return at + 1;
    }
    while (true) {
      int key = at;
      at = byteAt(key) == '"' ? string(key) : FAILED;
      if (at == FAILED) {
        return FAILED;
      }
      boolean wanted =
          label != OFF_PATH && Arrays.equals(text, key + 1, at - 1, path, label, labelEnd);
      at = space(at);
      if (byteAt(at) != ':') {
        return FAILED;
      }
      at = value(at + 1, wanted ? labelEnd : OFF_PATH, depth + 1);
      if (wanted) {
        label = OFF_PATH;
      }
      at = at == FAILED ? FAILED : space(at);
      if (at == FAILED || byteAt(at) == '}') {
        return at == FAILED ? FAILED : at + 1;
      }
      if (byteAt(at) != ',') {
        return FAILED;
      }
      at = space(at + 1);
    }
  }

  private int array(int start, int on, int depth) {
    int wanted = -1;
    int behind = OFF_PATH;
    if (on != OFF_PATH && on < path.length && path[on] == '[') {
      wanted = 0;
      behind = on + 1;
      while (path[behind] != ']') {
        wanted = wanted * 10 + path[behind++] - '0';
      }
      behind++;
    }
    int at = space(start + 1);
    if (byteAt(at) == ']') {
      return at + 1;
    }
    for (int i = 0; ; i++) {
      at = value(at, i == wanted ? behind : OFF_PATH, depth + 1);
      at = at == FAILED ? FAILED : space(at);
      if (at == FAILED || byteAt(at) == ']') {
        return at == FAILED ? FAILED : at + 1;
      }
      if (byteAt(at) != ',') {
        return FAILED;
      }
      at++;
    }
  }
}
