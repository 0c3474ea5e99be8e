package dev.turso.pager;

/** When a commit waits for the disk, as {@code PRAGMA synchronous} names it. */
public enum Synchronous {
  /** Never: a power cut may damage the database. */
  OFF,
  /** At checkpoints and before pages are overwritten: a power cut may lose the newest commits. */
  NORMAL,
  /** At every commit: what was committed survives. */
  FULL,
  /** Likewise, and the directory is synced when a journal has been deleted. */
  EXTRA
}
