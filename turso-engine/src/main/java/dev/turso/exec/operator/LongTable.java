package dev.turso.exec.operator;

/**
 * A map from integers to the numbers of keys: a hash table in one array, or, while the integers lie
 * close together as ids do, an array indexed by them. Either way a look-up costs one cache miss where
 * records and hashes would cost three, and the array is a quarter of the size. Nothing is ever
 * removed. Not thread-safe.
 */
final class LongTable {

  private static final int FIRST_CELLS = 32;

  /** An array is used while it has at most so many elements for each integer. */
  private static final int SPARSEST = 8;

  private static final int SMALLEST_ARRAY = 1 << 10;
  private static final int[] NOTHING = {};

  /** In each cell the integer, then its number plus one; 0 is an empty cell. */
  private long[] cells = new long[2 * FIRST_CELLS];

  /** The numbers, plus one, of the integers from {@link #base} on; empty where cells are used. */
  private int[] numbers = NOTHING;

  private long base;
  private int size;
  private long least = Long.MAX_VALUE;
  private long most = Long.MIN_VALUE;

  void clear() {
    if (size > 0) {
      cells = new long[2 * FIRST_CELLS];
      numbers = NOTHING;
      size = 0;
      least = Long.MAX_VALUE;
      most = Long.MIN_VALUE;
    }
  }

  long bytes() {
    return cells.length * 8L + numbers.length * 4L;
  }

  /** The number of an integer, or -1. */
  int get(long key) {
    int[] array = numbers;
    if (array.length > 0) {
      long at = key - base;
      return at >= 0 && at < array.length ? array[(int) at] - 1 : -1;
    }
    return probe(key);
  }

  private int probe(long key) {
    long[] a = cells;
    int mask = a.length - 2;
    int at = KeyHash.mix(key) << 1 & mask;
    long number;
    while ((number = a[at + 1]) != 0) {
      if (a[at] == key) {
        return (int) number - 1;
      }
      at = at + 2 & mask;
    }
    return -1;
  }

  /** Adds an integer that is not there. */
  void put(long key, int number) {
    size++;
    least = Math.min(least, key);
    most = Math.max(most, key);
    if (numbers.length > 0) {
      putInArray(key, number + 1);
    } else {
      if (size * 4L > cells.length) {
        grow();
      }
      if (numbers.length > 0) {
        putInArray(key, number + 1);
      } else {
        place(key, number + 1L);
      }
    }
  }

  private void putInArray(long key, int numberPlusOne) {
    long at = key - base;
    if (at < 0 || at >= numbers.length) {
      if (!isDense()) {
        toCells();
        place(key, numberPlusOne);
        return;
      }
      enlarge();
      at = key - base;
    }
    numbers[(int) at] = numberPlusOne;
  }

  private boolean isDense() {
    long span = most - least;
    return span >= 0 && span < (long) SPARSEST * size && span < 1 << 28;
  }

  /** An array for the integers so far, with room for as many again at the end where ids grow. */
  private void enlarge() {
    int[] old = numbers;
    int span = (int) (most - least) + 1;
    int room = span / 2;
    boolean descending = old.length > 0 && least < base && least >= Long.MIN_VALUE + room;
    int[] wider = new int[Math.max(SMALLEST_ARRAY, span + room)];
    long newBase = descending ? least - room : least;
    if (old.length > 0) {
      long shift = newBase - base;
      int from = (int) Math.max(0, shift);
      int to = (int) Math.min(old.length, shift + wider.length);
      if (from < to) {
        System.arraycopy(old, from, wider, (int) (from - shift), to - from);
      }
    }
    numbers = wider;
    base = newBase;
  }

  private void toCells() {
    int[] old = numbers;
    numbers = NOTHING;
    int length = 2 * FIRST_CELLS;
    while (length < size * 4L) {
      length *= 2;
    }
    cells = new long[length];
    for (int i = 0; i < old.length; i++) {
      if (old[i] != 0) {
        place(base + i, old[i]);
      }
    }
  }

  private void place(long key, long numberPlusOne) {
    int mask = cells.length - 2;
    int at = KeyHash.mix(key) << 1 & mask;
    while (cells[at + 1] != 0) {
      at = at + 2 & mask;
    }
    cells[at] = key;
    cells[at + 1] = numberPlusOne;
  }

  private void grow() {
    long[] old = cells;
    boolean dense = isDense() && size >= FIRST_CELLS;
    if (dense) {
      enlarge();
      cells = new long[2 * FIRST_CELLS];
    } else {
      cells = new long[old.length * 2];
    }
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] == 0) {
        continue;
      }
      if (dense) {
        numbers[(int) (old[i] - base)] = (int) old[i + 1];
      } else {
        place(old[i], old[i + 1]);
      }
    }
  }
}
