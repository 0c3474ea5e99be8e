package dev.turso.function.json;

/** The form that a function gives arrays and objects in. */
enum JsonForm {
  /** Text that is known to be JSON by its subtype. */
  TEXT,
  /** Text like any other. */
  PLAIN_TEXT,
  /** JSONB. */
  BINARY
}
