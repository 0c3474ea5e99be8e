package dev.turso.function.regexp;

import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code regexp(P, X)}, which is {@code X REGEXP P}; {@code regexp_like(X, P)}, {@code
 * regexp_substr(X, P)}, {@code regexp_capture(X, P [, N])}, {@code regexp_replace(X, P, R)}.
 *
 * <p>The syntax is that of {@link Pattern}. A match anywhere in the text counts. The pattern last
 * seen is kept compiled at the call site. Any NULL gives NULL.
 */
public final class RegexpFunctions implements ScalarFunction {

  private static final int REGEXP = 0;
  private static final int LIKE = 1;
  private static final int SUBSTR = 2;
  private static final int CAPTURE = 3;
  private static final int REPLACE = 4;

  /** The largest number of repetitions, as in SQLite's own extension. */
  private static final int MAX_REPEAT = 999;

  private final int which;

  private RegexpFunctions(int which) {
    this.which = which;
  }

  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(define("regexp", 2, 2, REGEXP));
    all.add(define("regexp_like", 2, 2, LIKE));
    all.add(define("regexp_substr", 2, 2, SUBSTR));
    all.add(define("regexp_capture", 2, 3, CAPTURE));
    all.add(define("regexp_replace", 3, 3, REPLACE));
    return all;
  }

  private static FunctionDefinition define(String name, int fewest, int most, int which) {
    return ScalarDefinition.pure(name, fewest, most, new RegexpFunctions(which));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    for (int i = 0; i < count; i++) {
      if (arguments[i].isNull()) {
        result.setNull();
        return;
      }
    }
    int patternAt = which == REGEXP ? 0 : 1;
    Pattern pattern = compiled(context, arguments[patternAt].asString());
    Matcher matcher = pattern.matcher(arguments[1 - patternAt].asString());
    try {
      switch (which) {
        case REGEXP, LIKE -> result.setBoolean(matcher.find());
        case SUBSTR -> group(matcher, 0, result);
        case CAPTURE -> group(matcher, count == 3 ? arguments[2].asLong() : 0, result);
        default -> result.setText(matcher.replaceAll(arguments[2].asString()));
      }
    } catch (StackOverflowError e) {
      throw new SqlException("regular expression too complex for this text");
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new SqlException("invalid replacement: " + e.getMessage());
    }
  }

  private static void group(Matcher matcher, long group, Register result) {
    result.setNull();
    if (matcher.find() && group >= 0 && group <= matcher.groupCount()) {
      String text = matcher.group((int) group);
      if (text != null) {
        result.setText(text);
      }
    }
  }

  private static Pattern compiled(CallContext context, String text) {
    if (context.remembered() instanceof Pattern last && last.pattern().equals(text)) {
      return last;
    }
    requireFewRepetitions(text);
    try {
      Pattern pattern = Pattern.compile(text);
      context.remember(pattern);
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new SqlException("invalid regular expression: " + e.getDescription());
    } catch (StackOverflowError e) {
      throw new SqlException("regular expression too complex");
    }
  }

  private static void requireFewRepetitions(String text) {
    int number = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean opens = c == '{' && (i == 0 || text.charAt(i - 1) != '\\');
      if (opens || c == ',' && number >= 0) {
        number = 0;
      } else if (number >= 0 && c >= '0' && c <= '9') {
        number = number * 10 + c - '0';
        if (number > MAX_REPEAT) {
          throw new SqlException("REGEXP pattern too big");
        }
      } else {
        number = -1;
      }
    }
  }
}
