package dev.turso.dbsp.subscribe;

import dev.turso.change.Position;
import java.util.List;

/**
 * What a live query tells its subscriber: first a snapshot, or what changed since the position that it
 * goes on from, then one message for each commit that changed the result. Immutable.
 *
 * @param kind a snapshot replaces everything told before; a delta is applied to it
 * @param position the commit up to which the subscriber now knows the result
 * @param columns the result's column names
 * @param changes the rows; all inserts in a snapshot
 */
public record LiveMessage(
    Kind kind, Position position, List<String> columns, List<LiveChange> changes) {

  /** How a message is to be read. */
  public enum Kind {
    SNAPSHOT,
    DELTA
  }
}
