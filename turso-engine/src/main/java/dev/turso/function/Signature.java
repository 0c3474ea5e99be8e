package dev.turso.function;

import java.util.Set;

/**
 * How a function is called.
 *
 * @param name in lower case
 * @param fewest the fewest arguments it takes
 * @param most the most arguments it takes, {@link #ANY} if there is no limit
 */
public record Signature(String name, int fewest, int most, Set<FunctionTrait> traits) {

  public static final int ANY = Integer.MAX_VALUE;

  /** What most functions are. */
  public static final Set<FunctionTrait> PURE =
      Set.of(FunctionTrait.DETERMINISTIC, FunctionTrait.INNOCUOUS);

  public boolean accepts(int arguments) {
    return arguments >= fewest && arguments <= most;
  }

  public boolean has(FunctionTrait trait) {
    return traits.contains(trait);
  }
}
