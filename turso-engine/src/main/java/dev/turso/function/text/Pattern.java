package dev.turso.function.text;

import dev.turso.value.Utf8;
import java.util.Arrays;

/**
 * A pattern of LIKE or GLOB, ready to match many texts.
 *
 * <p>Common shapes ({@code abc}, {@code abc%}, {@code %abc}, {@code %abc%}, all ASCII) are
 * recognised and matched byte by byte; anything else is walked. A text and a pattern end at their
 * first zero byte. LIKE folds the 26 ASCII letters and no others, unless it is case-sensitive.
 * Immutable, for any thread.
 *
 * @see <a href="https://www.sqlite.org/lang_expr.html#like">The LIKE, GLOB, REGEXP, MATCH
 *     operators</a>
 */
public final class Pattern {

  /** No escape character. */
  public static final int NO_ESCAPE = 0;

  private static final int NOT_THERE = Integer.MIN_VALUE;

  private static final int WALK = 0;
  private static final int EXACT = 1;
  private static final int STARTS = 2;
  private static final int ENDS = 3;
  private static final int CONTAINS = 4;

  private static final int MATCH = 0;
  private static final int NO_MATCH = 1;

  /** No match, nor would there be one if an earlier wildcard took more. */
  private static final int NEVER_MATCH = 2;

  private final byte[] source;
  private final int any;
  private final int one;
  private final int special;
  private final boolean glob;
  private final boolean fold;
  private final int shape;
  private final byte[] literal;

  private Pattern(byte[] source, int any, int one, int special, boolean glob, boolean fold) {
    this.source = source;
    this.any = any;
    this.one = one;
    this.special = special;
    this.glob = glob;
    this.fold = fold;
    int from = 0;
    int to = source.length;
    boolean open = to > 0 && source[to - 1] == any;
    boolean openFront = to > 0 && source[0] == any;
    if (openFront) {
      from++;
    }
    if (open && to > from) {
      to--;
    }
    boolean plain = isPlain(from, to);
    this.shape = !plain ? WALK : openFront ? (open ? CONTAINS : ENDS) : (open ? STARTS : EXACT);
    this.literal = plain ? folded(Arrays.copyOfRange(source, from, to)) : source;
  }

  /**
   * A LIKE pattern.
   *
   * @param escape the code point of the escape character, or {@link #NO_ESCAPE}
   */
  public static Pattern like(
      byte[] text, int offset, int length, int escape, boolean caseSensitive) {
    // an escape character that is also a wildcard is no wildcard any more
    int any = escape == '%' ? NOT_THERE : '%';
    int one = escape == '_' ? NOT_THERE : '_';
    int special = escape == NO_ESCAPE ? NOT_THERE : escape;
    return new Pattern(upToZero(text, offset, length), any, one, special, false, !caseSensitive);
  }

  /** A GLOB pattern. */
  public static Pattern glob(byte[] text, int offset, int length) {
    return new Pattern(upToZero(text, offset, length), '*', '?', '[', true, false);
  }

  private static byte[] upToZero(byte[] text, int offset, int length) {
    return Arrays.copyOfRange(text, offset, end(text, offset, length));
  }

  private boolean isPlain(int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = source[i];
      if (b < 0 || b == any || b == one || b == special) {
        return false;
      }
    }
    return true;
  }

  private byte[] folded(byte[] bytes) {
    for (int i = 0; fold && i < bytes.length; i++) {
      bytes[i] = (byte) fold(bytes[i]);
    }
    return bytes;
  }

  private static int fold(int b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  /** Whether the text matches as a whole. */
  public boolean matches(byte[] text, int offset, int length) {
    int size = literal.length;
    // no literal holds a zero byte, so the shapes need not look for the text's end first
    return switch (shape) {
      case EXACT ->
          (length == size || length > size && text[offset + size] == 0) && literalAt(text, offset);
      case STARTS -> length >= size && literalAt(text, offset);
      case CONTAINS -> contains(text, offset, offset + length);
      case ENDS -> {
        int end = end(text, offset, length);
        yield end - offset >= size && literalAt(text, end - size);
      }
      default -> walk(0, text, offset, end(text, offset, length)) == MATCH;
    };
  }

  private static int end(byte[] text, int offset, int length) {
    int end = offset;
    while (end < offset + length && text[end] != 0) {
      end++;
    }
    return end;
  }

  private boolean literalAt(byte[] text, int at) {
    byte[] wanted = literal;
    for (int i = 0; i < wanted.length; i++) {
      int b = text[at + i];
      if (b != wanted[i] && !(fold && fold(b) == wanted[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean contains(byte[] text, int from, int end) {
    if (literal.length == 0) {
      return true;
    }
    int lower = literal[0];
    int upper = fold && lower >= 'a' && lower <= 'z' ? lower - 32 : lower;
    int last = end - literal.length;
    for (int i = from; i <= last; i++) {
      int b = text[i];
      if ((b == lower || b == upper) && literalAt(text, i)) {
        return true;
      }
      if (b == 0) {
        return false;
      }
    }
    return false;
  }

  /** Matches the pattern from index {@code p} on against the text from {@code t} on. */
  private int walk(int p, byte[] text, int t, int end) {
    while (p < source.length) {
      int c = Utf8.codePoint(source, p, source.length);
      p = Utf8.next(source, p, source.length);
      boolean literal = false;
      if (c == any) {
        return walkAny(p, text, t, end);
      }
      if (c == special) {
        if (glob) {
          if (t >= end) {
            return NO_MATCH;
          }
          p = set(p, Utf8.codePoint(text, t, end));
          if (p < 0) {
            return NO_MATCH;
          }
          t = Utf8.next(text, t, end);
          continue;
        }
        if (p >= source.length) {
          return NO_MATCH;
        }
        c = Utf8.codePoint(source, p, source.length);
        p = Utf8.next(source, p, source.length);
        literal = true;
      }
      if (t >= end || !(c == one && !literal) && !same(c, Utf8.codePoint(text, t, end))) {
        return NO_MATCH;
      }
      t = Utf8.next(text, t, end);
    }
    return t >= end ? MATCH : NO_MATCH;
  }

  private boolean same(int c, int d) {
    return c == d || fold && c < 0x80 && d < 0x80 && fold(c) == fold(d);
  }

  /** Continues after a wildcard for any number of characters. */
  private int walkAny(int from, byte[] text, int textFrom, int end) {
    int p = from;
    int t = textFrom;
    int c = -1;
    int after = p;
    while (p < source.length) {
      c = Utf8.codePoint(source, p, source.length);
      after = Utf8.next(source, p, source.length);
      if (c == one) {
        if (t >= end) {
          return NEVER_MATCH;
        }
        t = Utf8.next(text, t, end);
      } else if (c != any) {
        break;
      }
      p = after;
    }
    if (p >= source.length) {
      return MATCH;
    }
    if (c == special) {
      if (glob) {
        return retryEverywhere(p, text, t, end);
      }
      if (after >= source.length) {
        return NEVER_MATCH;
      }
      c = Utf8.codePoint(source, after, source.length);
      after = Utf8.next(source, after, source.length);
    }
    return retryAt(c, after, text, t, end);
  }

  private int retryEverywhere(int p, byte[] text, int from, int end) {
    for (int t = from; t < end; t = Utf8.next(text, t, end)) {
      int outcome = walk(p, text, t, end);
      if (outcome != NO_MATCH) {
        return outcome;
      }
    }
    return NEVER_MATCH;
  }

  /** Tries the rest of the pattern after each character of the text that equals {@code c}. */
  private int retryAt(int c, int p, byte[] text, int from, int end) {
    int t = from;
    while (t < end) {
      boolean equal;
      if (c < 0x80) {
        equal = text[t] == c || fold && text[t] >= 0 && fold(text[t]) == fold(c);
        t++;
      } else {
        equal = Utf8.codePoint(text, t, end) == c;
        t = Utf8.next(text, t, end);
      }
      if (equal) {
        int outcome = walk(p, text, t, end);
        if (outcome != NO_MATCH) {
          return outcome;
        }
      }
    }
    return NEVER_MATCH;
  }

  /** Matches one character against the set that starts at {@code p}; the index after it, or -1. */
  private int set(int from, int c) {
    int end = source.length;
    int p = from;
    boolean seen = false;
    boolean invert = p < end && source[p] == '^';
    if (invert) {
      p++;
    }
    if (p < end && source[p] == ']') {
      seen = c == ']';
      p++;
    }
    int previous = 0;
    while (p < end && source[p] != ']') {
      int member = Utf8.codePoint(source, p, end);
      p = Utf8.next(source, p, end);
      if (member == '-' && p < end && source[p] != ']' && previous > 0) {
        int last = Utf8.codePoint(source, p, end);
        p = Utf8.next(source, p, end);
        seen |= c >= previous && c <= last;
        previous = 0;
      } else {
        seen |= c == member;
        previous = member;
      }
    }
    return p >= end || seen == invert ? -1 : p + 1;
  }

  /** Whether this was made from the same bytes. */
  boolean isOf(byte[] text, int offset, int length) {
    return source.length == length
        && Arrays.equals(source, 0, length, text, offset, offset + length);
  }
}
