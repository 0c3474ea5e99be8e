package dev.turso.wal;

/**
 * One state of the log: everything that a snapshot, and the writer of the next frame, must know.
 *
 * @param change counts the states of the index
 * @param bigEndian whether checksums run over big-endian words
 * @param pageSize bytes in a page
 * @param maxFrame the last frame that belongs to the state, 0 = none
 * @param pageCount the size of the database in pages
 * @param checksum of that frame, first word in the low half
 * @param salt1 one more for every restart of the log
 * @param salt2 random
 */
public record WalState(
    int change,
    boolean bigEndian,
    int pageSize,
    int maxFrame,
    int pageCount,
    long checksum,
    int salt1,
    int salt2) {

  /** Whether both states are of the same run of the log, between two restarts. */
  public boolean sameRun(WalState other) {
    return salt1 == other.salt1 && salt2 == other.salt2;
  }

  WalState appended(int newMaxFrame, int newPageCount, long newChecksum) {
    return new WalState(
        change, bigEndian, pageSize, newMaxFrame, newPageCount, newChecksum, salt1, salt2);
  }

  WalState withChange(int newChange) {
    return new WalState(
        newChange, bigEndian, pageSize, maxFrame, pageCount, checksum, salt1, salt2);
  }
}
