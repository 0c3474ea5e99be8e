package dev.turso.dbsp.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some rows of a partition that follow one another. */
final class WindowSegment {

  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte @Nullable []> stored = new ArrayList<>();
  private final List<byte @Nullable []> fresh = new ArrayList<>();

  void add(byte[] key, byte @Nullable [] storedRow, byte @Nullable [] freshRow) {
    keys.add(key);
    stored.add(storedRow);
    fresh.add(freshRow);
  }

  int size() {
    return keys.size();
  }

  byte[] key(int row) {
    return keys.get(row);
  }

  /** The row before the step with its results, or null. */
  byte @Nullable [] stored(int row) {
    return stored.get(row);
  }

  /** The row without results where the step has changed it, or null. */
  byte @Nullable [] fresh(int row) {
    return fresh.get(row);
  }
}
