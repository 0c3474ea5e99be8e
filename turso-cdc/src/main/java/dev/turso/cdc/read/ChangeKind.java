package dev.turso.cdc.read;

/** What a record of the log tells. */
public enum ChangeKind {
  INSERT,
  UPDATE,
  DELETE,
  /** A table, index, view or trigger was made, altered or dropped. */
  DEFINITION,
  /** A row that a snapshot found. */
  SNAPSHOT,
  /** Changes of the table are missing: an engine without a log made them. There is no row. */
  GAP;

  /** Whether a record of this kind is about a row, and has its key. */
  public boolean isOfRow() {
    return this != DEFINITION && this != GAP;
  }
}
