package dev.turso.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A durable past of the stream, beyond its tail in memory. */
public interface ChangeHistory {

  /** Up to {@code limit} commits after a position, or null if it is no longer retained. */
  @Nullable List<CommittedChanges> since(Position position, int limit);
}
