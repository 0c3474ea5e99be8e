package dev.turso.jdbc;

import java.sql.SQLException;

/**
 * Keeps a connection from being closed under a statement that another thread is running.
 *
 * <p>The connection's own thread enters before it calls the engine and leaves after it. Whoever ends the
 * connection says so first and then looks whether somebody is inside; who enters says so first and then
 * looks whether it has ended. One of the two always sees the other, since both fields are volatile.
 */
final class Occupancy {

  private volatile boolean inside;
  private volatile boolean ended;

  void enter() throws SQLException {
    if (!tryEnter()) {
      throw SqlErrors.misuse("the connection is closed");
    }
  }

  /** False if the connection has ended: then whoever ended it closes what it held. */
  boolean tryEnter() {
    inside = true;
    if (ended) {
      inside = false;
      return false;
    }
    return true;
  }

  void leave() {
    inside = false;
  }

  /** From now on nobody enters; true for the first who says so. */
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  boolean hasEnded() {
    return ended;
  }

  boolean isOccupied() {
    return inside;
  }
}
