package dev.turso.simulation;

/** How a step ended. */
enum Outcome {
  DONE,
  /** Somebody else was in the way. */
  BUSY,
  /** A constraint was. */
  REFUSED,
  /** The disk was. */
  FAILED,
  /** The client was in no state to do it. */
  SKIPPED
}
