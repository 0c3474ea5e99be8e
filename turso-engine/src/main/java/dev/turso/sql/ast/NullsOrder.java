package dev.turso.sql.ast;

/** NULLS FIRST or NULLS LAST. */
public enum NullsOrder {
  FIRST,
  LAST
}
