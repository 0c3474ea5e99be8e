package dev.turso.dbsp.subscribe;

/**
 * Receives the messages of one live query, one at a time, in commit order.
 *
 * <p>Called on a thread of the live queries, never on a thread that commits. A listener that is slow
 * is told less often: changes that it has not taken yet are merged by key. One that throws ends its
 * own subscription.
 */
public interface LiveQueryListener {

  void message(LiveMessage message);

  /** The subscription ended because of an error; nothing more comes. */
  default void failed(RuntimeException cause) {}
}
