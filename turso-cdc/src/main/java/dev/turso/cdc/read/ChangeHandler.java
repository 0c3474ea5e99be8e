package dev.turso.cdc.read;

import dev.turso.Session;

/** Takes changes. */
@FunctionalInterface
public interface ChangeHandler {

  /**
   * Takes one batch. What it writes through the session happens in the transaction that advances the
   * cursor: exactly once. Whatever it throws rolls that transaction back, and the batch comes again.
   *
   * @param session in a write transaction; not to be committed, rolled back or closed
   */
  void accept(ChangeBatch batch, Session session) throws Exception;
}
