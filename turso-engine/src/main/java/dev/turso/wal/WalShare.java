package dev.turso.wal;

/**
 * A snapshot that others may join as long as its state is the newest one, with the header of the
 * index by which that is seen. Immutable.
 */
public final class WalShare {

  private final WalSnapshot snapshot;
  private final WalIndex.Image header;

  WalShare(WalSnapshot snapshot, WalIndex.Image header) {
    this.snapshot = snapshot;
    this.header = header;
  }

  /** What everyone who joins holds; each gives it up once. */
  public WalSnapshot snapshot() {
    return snapshot;
  }

  WalIndex.Image header() {
    return header;
  }
}
