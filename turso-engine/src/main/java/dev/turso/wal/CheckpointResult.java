package dev.turso.wal;

/**
 * What a checkpoint did, as {@code PRAGMA wal_checkpoint} reports it.
 *
 * @param busy whether somebody kept it from finishing
 * @param logFrames frames in the log, -1 without a log
 * @param checkpointedFrames how many of them are in the database file, -1 without a log
 */
public record CheckpointResult(boolean busy, int logFrames, int checkpointedFrames) {

  /** The answer for a database without a log. */
  public static final CheckpointResult NO_LOG = new CheckpointResult(false, -1, -1);
}
