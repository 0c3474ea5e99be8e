package dev.turso.wal;

/**
 * A reader's hold on one state of the log.
 *
 * @param state what the reader sees
 * @param slot the read lock it holds; slot 0 reads the database file alone, for the log has been
 *     copied back whole
 */
public record WalSnapshot(WalState state, int slot) {

  /** Whether all pages are in the database file. */
  public boolean isDrained() {
    return slot == 0;
  }
}
