package dev.turso.spring.event;

import dev.turso.change.Position;
import java.util.List;

/**
 * Listeners were too slow, and commits were dropped that they would have been told of. Published once for
 * each such gap, where it belongs in the order of events; who keeps a state of its own reads the tables
 * anew. A database with a log of whole rows ({@code PRAGMA turso_capture = 'full'}) does not skip while the
 * log retains the commits, and a {@link RowChangeListener} never does.
 *
 * @param tables the tables whose changes listeners take, in alphabetical order
 * @param commits how many commits were dropped that may have changed those tables
 * @param upTo the newest of them; the next event is of a commit after it
 */
public record RowChangesSkipped(List<String> tables, long commits, Position upTo) {

  public RowChangesSkipped {
    tables = List.copyOf(tables);
  }
}
