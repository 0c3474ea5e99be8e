package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.Locale;

/**
 * {@code x LIKE 'abc%'} and {@code x GLOB 'abc*'} as a range: what an index can do of them. The pattern
 * itself is still checked.
 */
final class PatternPrefix {

  private PatternPrefix() {}

  static void add(Conjunct conjunct, BoundExpression.FunctionCall call, TermFinder finder) {
    String name = call.function().signature().name();
    boolean glob = name.equals("glob");
    if (!glob && !name.equals("like") || call.arguments().size() != 2) {
      return;
    }
    BoundExpression subject = call.arguments().get(1);
    if (!(call.arguments().get(0) instanceof BoundExpression.Constant constant)
        || constant.value().tag() != Tag.TEXT
        || subject.affinity() != Affinity.TEXT
        || !(subject instanceof BoundExpression.ColumnReference)
        || !finder.isSide(subject)) {
      return;
    }
    String prefix = prefix(String.valueOf(constant.value().asString()), glob);
    if (prefix.isEmpty() || prefix.charAt(prefix.length() - 1) >= 0x7f) {
      return;
    }
    if (looksNumeric(prefix)) {
      return;
    }
    Collation collation = glob ? Collation.BINARY : Collation.NOCASE;
    String low = glob ? prefix : prefix.toUpperCase(Locale.ROOT);
    String high = glob ? prefix : prefix.toLowerCase(Locale.ROOT);
    char last = high.charAt(high.length() - 1);
    high = high.substring(0, high.length() - 1) + (char) (last + 1);
    finder.add(
        conjunct,
        subject,
        ComparisonOperator.GREATER_OR_EQUAL,
        text(low),
        Affinity.NONE,
        collation,
        false);
    finder.add(
        conjunct, subject, ComparisonOperator.LESS, text(high), Affinity.NONE, collation, false);
  }

  private static boolean looksNumeric(String prefix) {
    char first = prefix.charAt(0);
    return Character.isDigit(first) || first == '-' || first == '+' || first == '.';
  }

  private static BoundExpression text(String s) {
    return new BoundExpression.Constant(Value.text(s));
  }

  private static String prefix(String pattern, boolean glob) {
    int n = 0;
    while (n < pattern.length() && !isWild(pattern.charAt(n), glob)) {
      n++;
    }
    return pattern.substring(0, n);
  }

  private static boolean isWild(char c, boolean glob) {
    return glob ? c == '*' || c == '?' || c == '[' : c == '%' || c == '_';
  }
}
