package dev.turso.sql.ast;

/** What to do when a constraint refuses a row; also the actions of RAISE. */
public enum ConflictAction {
  ROLLBACK,
  ABORT,
  FAIL,
  IGNORE,
  REPLACE
}
