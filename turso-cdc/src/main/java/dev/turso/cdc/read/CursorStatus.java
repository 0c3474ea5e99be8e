package dev.turso.cdc.read;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a named cursor stands.
 *
 * @param position after the last change that its consumer is done with
 * @param owner which reader has the lease; null if none has
 * @param state what may be expected of it
 * @param message why it failed; null if it has not
 * @param updated the last sign of life of its reader
 * @param rowsBehind about how many log rows it is behind: ids have gaps, so an upper limit
 * @param behind how old the oldest change is that it has not seen; zero if there is none
 */
public record CursorStatus(
    String name,
    LogPosition position,
    @Nullable String owner,
    State state,
    @Nullable String message,
    Instant updated,
    long rowsBehind,
    Duration behind) {

  /** What may be expected of a cursor. */
  public enum State {
    /** Its reader is taking a snapshot; if it dies, the snapshot starts anew. */
    SNAPSHOT,
    ACTIVE,
    /** Retention removed changes that it had not seen. */
    FAILED
  }
}
