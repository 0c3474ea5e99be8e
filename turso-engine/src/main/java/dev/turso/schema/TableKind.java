package dev.turso.schema;

/** What stands behind the name of a table. */
public enum TableKind {
  /** A B-tree of rows. */
  ORDINARY,
  /** {@code sqlite_schema} or {@code sqlite_temp_schema} itself. */
  SCHEMA,
  /** A virtual table: a module answers for it. */
  VIRTUAL
}
