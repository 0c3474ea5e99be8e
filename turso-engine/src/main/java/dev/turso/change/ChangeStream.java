package dev.turso.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The published commits of one database file. Safe for any thread. */
public interface ChangeStream {

  /** The newest published commit. */
  Position position();

  /** Adds a listener; it is told of every commit published after this call returns. */
  Subscription subscribe(CommitListener listener);

  /**
   * The commits after a position that are still in memory, or null if that goes back further than
   * the bounded tail (or to another epoch).
   */
  @Nullable List<CommittedChanges> tailSince(Position position);

  /** Waits until every listener has been told of this commit; false after the time. */
  boolean awaitDelivered(Position position, long timeoutMillis) throws InterruptedException;

  /** The recorded interest of one listener, until closed. */
  interface Subscription extends AutoCloseable {

    @Override
    void close();
  }
}
