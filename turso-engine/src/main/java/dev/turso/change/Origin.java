package dev.turso.change;

/** What in the transaction made the change. */
public enum Origin {
  /** The statement itself. */
  STATEMENT,
  /** A statement of a trigger's body. */
  TRIGGER,
  /** A foreign key action. */
  CASCADE,
  /** A row that REPLACE removed. */
  REPLACE,
  /** The maintenance of a materialized view or of another extension's table. */
  VIEW
}
