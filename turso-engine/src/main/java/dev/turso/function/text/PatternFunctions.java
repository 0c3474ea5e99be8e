package dev.turso.function.text;

import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import dev.turso.value.Register;
import dev.turso.value.Utf8;
import java.util.List;

/**
 * {@code like(P, X [, E])} and {@code glob(P, X)}. The pattern last seen is kept compiled in the
 * call site's context.
 */
public final class PatternFunctions implements ScalarFunction {

  /** The longest pattern, in bytes. */
  private static final int MAX_PATTERN = 50_000;

  private final boolean glob;

  private PatternFunctions(boolean glob) {
    this.glob = glob;
  }

  public static List<FunctionDefinition> definitions() {
    return List.of(
        new ScalarDefinition(
            new Signature("like", 2, 3, Signature.PURE),
            SpecialForm.PATTERN_MATCH,
            new PatternFunctions(false)),
        new ScalarDefinition(
            new Signature("glob", 2, 2, Signature.PURE),
            SpecialForm.PATTERN_MATCH,
            new PatternFunctions(true)));
  }

  /** A pattern with what else it was compiled for. */
  private record Compiled(Pattern pattern, int escape, boolean caseSensitive) {}

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    Register pattern = arguments[0];
    Register text = arguments[1];
    pattern.textify();
    text.textify();
    if (!pattern.isNull() && pattern.length() > MAX_PATTERN) {
      throw new SqlException("LIKE or GLOB pattern too complex");
    }
    int escape = Pattern.NO_ESCAPE;
    if (count == 3) {
      if (arguments[2].isNull()) {
        result.setNull();
        return;
      }
      escape = escape(arguments[2]);
    }
    if (pattern.isNull() || text.isNull()) {
      result.setNull();
    } else {
      Pattern compiled = compiled(context, pattern, escape);
      result.setBoolean(compiled.matches(text.ref, text.offset(), text.length()));
    }
  }

  private static int escape(Register argument) {
    argument.textify();
    int offset = argument.offset();
    if (Utf8.length(argument.ref, offset, argument.length()) != 1) {
      throw new SqlException("ESCAPE expression must be a single character");
    }
    return Utf8.codePoint(argument.ref, offset, offset + argument.length());
  }

  private Pattern compiled(CallContext context, Register pattern, int escape) {
    boolean caseSensitive = !glob && context.environment().likeIsCaseSensitive();
    int offset = pattern.offset();
    int length = pattern.length();
    if (context.remembered() instanceof Compiled last
        && last.escape == escape
        && last.caseSensitive == caseSensitive
        && last.pattern.isOf(pattern.ref, offset, length)) {
      return last.pattern;
    }
    Pattern compiled =
        glob
            ? Pattern.glob(pattern.ref, offset, length)
            : Pattern.like(pattern.ref, offset, length, escape, caseSensitive);
    context.remember(new Compiled(compiled, escape, caseSensitive));
    return compiled;
  }
}
