package dev.turso.function;

/** What the binder and the planner must know of a function. */
public enum FunctionTrait {
  /** The same arguments give the same result, at any time. */
  DETERMINISTIC,
  /** As DETERMINISTIC within one statement: date and time functions, which may be given 'now'. */
  CONSTANT_IN_STATEMENT,
  /** Harmless in triggers and views of a schema that is not trusted. */
  INNOCUOUS,
  /** Only in statements the application sends, not in triggers, views or the schema. */
  DIRECT_ONLY,
  /** Compares its arguments, under the collation of the first one that has one. */
  NEEDS_COLLATION,
  /** min() or max() over rows: bare columns come from the row that holds the extreme value. */
  PICKS_ROW,
  /** Looks at {@link dev.turso.value.Register#subtype} of its arguments. */
  READS_SUBTYPE,
  /** Takes its rows in the order of an ORDER BY among its arguments. */
  ORDER_SENSITIVE
}
