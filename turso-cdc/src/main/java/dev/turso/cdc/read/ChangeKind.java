package dev.turso.cdc.read;

/** What a record of the log tells. */
public enum ChangeKind {
  INSERT,
  UPDATE,
  DELETE,
  /** A table, index, view or trigger was made, altered or dropped. */
  DEFINITION,
  /** A row that a snapshot found. */
  SNAPSHOT
}
