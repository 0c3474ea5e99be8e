package dev.turso.wal;

/** How hard a checkpoint tries. */
public enum CheckpointMode {
  /** Copies nothing, and says how far others have come. */
  NOOP,
  /** Copies what can be copied without waiting for anybody. */
  PASSIVE,
  /** Waits for the writer and for readers of old states, and copies everything. */
  FULL,
  /** Likewise, and waits until nobody reads from the log, so that the next writer restarts it. */
  RESTART,
  /** Likewise, and cuts the log to nothing. */
  TRUNCATE
}
