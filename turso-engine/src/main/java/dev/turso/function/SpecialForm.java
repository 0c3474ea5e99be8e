package dev.turso.function;

/**
 * Calls that the compiler turns into nodes of their own, above all to leave arguments unevaluated.
 */
public enum SpecialForm {
  /** An ordinary call: all arguments are evaluated. */
  NONE,
  /** coalesce, ifnull: the first argument that is not NULL; the ones after it are not evaluated. */
  COALESCE,
  /** iif, if: pairs of condition and value, perhaps a last value; as CASE WHEN. */
  CONDITIONAL,
  /** likely, unlikely, likelihood: the first argument; the rest advises the planner. */
  LIKELIHOOD,
  /** like, glob with a pattern: {@code like(P, X [, E])} is {@code X LIKE P [ESCAPE E]}. */
  PATTERN_MATCH
}
