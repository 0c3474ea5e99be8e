package dev.turso.dbsp.subscribe;

import dev.turso.change.ChangeSet;
import dev.turso.change.CommittedChanges;
import dev.turso.change.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Since when the stream has told everything of the tables that queries read: what changed after such a
 * position is known from the commits that the stream still keeps.
 *
 * <p>A table is complete from the first commit that is published and in whose transaction, and in all
 * later ones, its rows were recorded. A transaction that began before anybody read the table may lack
 * rows: with its commit the table is incomplete again, until the next one. Thread-safe.
 */
final class CompleteTables {

  private final Map<String, Position> since = new HashMap<>();

  /** The commit that will complete some tables once it is published. */
  private @Nullable ChangeSet completing;

  private Set<String> completed = Set.of();

  /** A table's rows are recorded from now on, or no more. */
  synchronized void forget(String table) {
    since.remove(table);
    completing = null;
  }

  /** Something happened that the stream does not tell of. */
  synchronized void forgetAll() {
    since.clear();
    completing = null;
  }

  /**
   * A commit is about to happen.
   *
   * @param recorded the tables whose rows were recorded in its transaction, for sure
   * @param all the tables that queries read
   */
  synchronized void committing(ChangeSet changes, Set<String> recorded, Set<String> all) {
    if (recorded.size() < all.size()) {
      since.keySet().retainAll(recorded);
    }
    completing = since.keySet().containsAll(recorded) ? null : changes;
    completed = recorded;
  }

  /** Whether every table is complete, as it mostly is. */
  synchronized boolean covers(Set<String> all) {
    return completing == null && since.keySet().containsAll(all);
  }

  /** A commit was published. */
  synchronized void published(CommittedChanges commit) {
    if (completing == commit.changes()) {
      completing = null;
      for (String each : completed) {
        since.putIfAbsent(each, commit.position());
      }
    }
  }

  /** Whether all that changed in some tables after a position is known. */
  synchronized boolean areSince(Position position, Set<String> tables) {
    for (String each : tables) {
      Position from = since.get(each);
      if (from == null || from.epoch() != position.epoch() || from.commit() > position.commit()) {
        return false;
      }
    }
    return true;
  }

  /** The commits from one position to another, or null if they are not all known. */
  @Nullable List<CommittedChanges> between(
      @Nullable List<CommittedChanges> tail, Position end, long interest) {
    if (tail == null) {
      return null;
    }
    for (CommittedChanges each : tail) {
      if (each.kind() != CommittedChanges.Kind.OWN || each.changes().interest() < interest) {
        return null;
      }
    }
    return tail.stream().filter(each -> each.position().commit() <= end.commit()).toList();
  }
}
