package dev.turso.change;

import java.util.function.Consumer;

/** Reads snapshots of a database without waiting for open transactions. One thread at a time. */
public interface SnapshotReader extends AutoCloseable {

  /**
   * Runs work in a read transaction on exactly what the newest commit left.
   *
   * @param joined called first, with the position of that commit and while no commit is under way: all
   *     commits up to it are in the snapshot, none after it. It must not take long, for commits wait
   *     meanwhile
   */
  void read(Consumer<Position> joined, ExtensionHost.Work work);

  @Override
  void close();
}
