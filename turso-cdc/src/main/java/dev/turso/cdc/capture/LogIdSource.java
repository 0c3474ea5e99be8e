package dev.turso.cdc.capture;

/** Gives the ids of log rows in one transaction. */
interface LogIdSource {

  /** The id that {@link #next} will give. */
  long peek();

  long next();

  /** Ends a run of rows. */
  default void finish() {}
}
