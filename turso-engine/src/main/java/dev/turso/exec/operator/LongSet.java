package dev.turso.exec.operator;

import java.util.Arrays;

/** A set of long numbers by open addressing. Not thread-safe. */
final class LongSet {

  private long[] cells = new long[32];
  private int size;
  private boolean hasZero;

  void clear() {
    if (size > 0) {
      Arrays.fill(cells, 0);
    }
    size = 0;
    hasZero = false;
  }

  /** Whether the number was not in the set before. */
  boolean add(long number) {
    if (number == 0) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    int mask = cells.length - 1;
    int at = KeyHash.mix(number) & mask;
    while (cells[at] != 0) {
      if (cells[at] == number) {
        return false;
      }
      at = at + 1 & mask;
    }
    cells[at] = number;
    if (++size * 2 > cells.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] old = cells;
    cells = new long[old.length * 2];
    int mask = cells.length - 1;
    for (long each : old) {
      if (each != 0) {
        int at = KeyHash.mix(each) & mask;
        while (cells[at] != 0) {
          at = at + 1 & mask;
        }
        cells[at] = each;
      }
    }
  }
}
