package dev.turso.change;

/** What happened to a row. */
public enum Operation {
  INSERT,
  UPDATE,
  DELETE
}
