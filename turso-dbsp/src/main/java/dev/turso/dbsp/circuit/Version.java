package dev.turso.dbsp.circuit;

/** Which contents of a relation are meant. */
public enum Version {
  /** Before the current step. */
  OLD,
  /** After it. */
  NEW
}
