package dev.turso.schema;

/** Whether a column is computed, and whether its value is kept in the record. */
public enum Generation {
  NONE,
  VIRTUAL,
  STORED
}
