package dev.turso.change;

import dev.turso.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * One published commit.
 *
 * @param position which commit it is
 * @param schema what the rows' tables looked like when they were written
 * @param changes the recorded rows; empty for a commit that touched no wanted table
 * @param origin the text that the writing session was given, or null
 * @param kind how this commit came to be known
 */
public record CommittedChanges(
    Position position, Catalog schema, ChangeSet changes, @Nullable String origin, Kind kind) {

  /** How a commit came to be known. */
  public enum Kind {
    /** A session of this process committed it: the changes are complete. */
    OWN,
    /** Another process committed: what changed is not known from the set. */
    FOREIGN
  }
}
