package dev.turso.exec.expression;

import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/**
 * {@code x LIKE '%abc%'}, {@code 'abc%'}, {@code '%abc'} with a pattern of ASCII: a search for bytes.
 * What is no text, and a LIKE that minds case, is left to the function.
 */
final class ContainsNode extends ConditionNode {

  private final Node subject;
  private final Node function;
  private final byte[] lower;
  private final boolean fromStart;
  private final boolean toEnd;

  private ContainsNode(
      Node subject, Node function, byte[] lower, boolean fromStart, boolean toEnd) {
    this.subject = subject;
    this.function = function;
    this.lower = lower;
    this.fromStart = fromStart;
    this.toEnd = toEnd;
  }

  /** The node for this pattern, or null if it is of another kind. */
  static @Nullable Node of(Node subject, Node function, byte[] pattern) {
    int from = 0;
    int to = pattern.length;
    while (from < to && pattern[from] == '%') {
      from++;
    }
    while (to > from && pattern[to - 1] == '%') {
      to--;
    }
    if (from == to) {
      return null;
    }
    byte[] lower = new byte[to - from];
    for (int i = from; i < to; i++) {
      byte b = pattern[i];
      if (b <= 0 || b == '%' || b == '_') {
        return null;
      }
      lower[i - from] = fold(b);
    }
    return new ContainsNode(subject, function, lower, from == 0, to == pattern.length);
  }

  private static byte fold(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }

  @Override
  public int truth(Frame f) {
    int tag = subject.eval(f);
    if (tag == Tag.NULL) {
      return UNKNOWN;
    }
    if (tag != Tag.TEXT || f.environment.likeIsCaseSensitive()) {
      return function.truth(f);
    }
    byte[] text = f.ref;
    int from = Tag.offset(f.bits);
    int end = from + Tag.length(f.bits);
    int last = end - lower.length;
    byte first = lower[0];
    byte other = first >= 'a' && first <= 'z' ? (byte) (first - 32) : first;
    for (int at = from; at < end; at++) {
      byte b = text[at];
      if ((b == first || b == other) && at <= last && matches(text, at, end)) {
        return 1;
      }
      if (b == 0 || fromStart) {
        // a zero byte ends the text for LIKE
        return 0;
      }
    }
    return 0;
  }

  private boolean matches(byte[] text, int at, int end) {
    for (int i = 1; i < lower.length; i++) {
      if (fold(text[at + i]) != lower[i]) {
        return false;
      }
    }
    int after = at + lower.length;
    return !toEnd || after == end || text[after] == 0;
  }
}
