package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of keys, each a row of values, numbered in the order they came.
 *
 * <p>Keys are equal as SQL groups them: NULL equals NULL, 1 equals 1.0, texts by collation; the form
 * that came first is kept. Open addressing over hashes; a key whose first value is an integer is
 * compared without decoding its record, and single integers, the commonest keys of all, are in a table
 * of their own. Not thread-safe.
 */
final class KeyTable {

  private static final double TWO_TO_63 = 0x1p63;

  private final Collation[] collations;
  private final boolean single;

  /** Keys that are one number which is an integer, as INTEGER or as REAL. */
  private final LongTable integers = new LongTable();

  private final RowBuffer keys;
  private final RecordWriter writer = new RecordWriter();
  private final RecordReader reader = new RecordReader();

  /** In each cell the hash of a key above and its number plus one below; 0 is an empty cell. */
  private long[] cells = new long[64];

  /** How many cells are taken. */
  private int taken;

  private long[] firstBits = new long[32];
  private byte[] firstTags = new byte[32];

  KeyTable(Collation[] collations) {
    this(collations, null);
  }

  /**
   * @param frame whose temporary space takes keys that are too many for memory, or null
   */
  KeyTable(Collation[] collations, @Nullable Frame frame) {
    this.keys = new RowBuffer(frame);
    this.collations = collations;
    this.single = collations.length == 1;
  }

  void clear() {
    if (keys.size() > 0) {
      if (taken > 0) {
        cells = new long[64];
        taken = 0;
      }
      integers.clear();
      keys.clear();
    }
  }

  int size() {
    return keys.size();
  }

  long bytes() {
    return keys.bytes() + cells.length * 8L + integers.bytes();
  }

  /** Points a reader at the values of a key. */
  void read(int key, RecordReader target) {
    keys.read(key, target);
  }

  RowBuffer rows() {
    return keys;
  }

  /** The number of an equal key, or -1. */
  int find(Register[] values) {
    if (single && isInteger(values[0])) {
      return integers.get(integer(values[0]));
    }
    return probe(values, hash(values));
  }

  /** The number of an equal key, or the complement of the number of the key just added. */
  int findOrAdd(Register[] values) {
    if (single && isInteger(values[0])) {
      long integer = integer(values[0]);
      int found = integers.get(integer);
      if (found < 0) {
        int key = store(values);
        integers.put(integer, key);
        return ~key;
      }
      return found;
    }
    int hash = hash(values);
    int found = probe(values, hash);
    if (found >= 0) {
      return found;
    }
    return ~insert(values, hash);
  }

  /** Puts another form of an equal key in its place. */
  void replace(int key, Register[] values) {
    pack(values);
    if (!keys.sameBytes(key, writer)) {
      keys.replace(key, writer);
      if (collations.length > 0) {
        firstBits[key] = values[0].bits;
        firstTags[key] = (byte) values[0].tag;
      }
    }
  }

  private int hash(Register[] values) {
    int h = 0;
    for (int i = 0; i < collations.length; i++) {
      Register v = values[i];
      h = h * 31 + KeyHash.of(v.tag, v.bits, v.ref, collations[i]);
    }
    return h;
  }

  private int probe(Register[] values, int hash) {
    int mask = cells.length - 1;
    int at = hash & mask;
    long cell;
    while ((cell = cells[at]) != 0) {
      if ((int) (cell >>> 32) == hash && same((int) cell - 1, values)) {
        return (int) cell - 1;
      }
      at = at + 1 & mask;
    }
    return -1;
  }

  private boolean same(int key, Register[] values) {
    int from = 0;
    if (collations.length > 0 && values[0].tag == Tag.INTEGER && firstTags[key] == Tag.INTEGER) {
      if (values[0].bits != firstBits[key]) {
        return false;
      }
      from = 1;
    }
    return from == collations.length || sameFrom(from, key, values);
  }

  private boolean sameFrom(int from, int key, Register[] values) {
    keys.read(key, reader);
    for (int i = from; i < collations.length; i++) {
      Register v = values[i];
      int tag = reader.load(i);
      if (Comparison.compare(tag, reader.bits(), reader.ref(), v.tag, v.bits, v.ref, collations[i])
          != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInteger(Register value) {
    if (value.tag == Tag.INTEGER) {
      return true;
    }
    if (value.tag != Tag.REAL) {
      return false;
    }
    double d = Double.longBitsToDouble(value.bits);
    return (long) d == d && d < TWO_TO_63;
  }

  private static long integer(Register value) {
    return value.tag == Tag.INTEGER ? value.bits : (long) Double.longBitsToDouble(value.bits);
  }

  private int insert(Register[] values, int hash) {
    int key = store(values);
    if (++taken * 2 > cells.length) {
      grow();
    }
    put((long) hash << 32 | key + 1);
    return key;
  }

  /** Keeps a key's values under the next number. */
  private int store(Register[] values) {
    pack(values);
    int key = keys.add(writer);
    if (key == firstBits.length) {
      firstBits = Arrays.copyOf(firstBits, key * 2);
      firstTags = Arrays.copyOf(firstTags, key * 2);
    }
    if (collations.length > 0) {
      firstBits[key] = values[0].bits;
      firstTags[key] = (byte) values[0].tag;
    }
    return key;
  }

  private void pack(Register[] values) {
    writer.reset();
    for (int i = 0; i < collations.length; i++) {
      writer.add(values[i].tag, values[i].bits, values[i].ref);
    }
    writer.finish();
  }

  private void grow() {
    long[] old = cells;
    cells = new long[old.length * 2];
    for (long cell : old) {
      if (cell != 0) {
        put(cell);
      }
    }
  }

  private void put(long cell) {
    int mask = cells.length - 1;
    int at = (int) (cell >>> 32) & mask;
    while (cells[at] != 0) {
      at = at + 1 & mask;
    }
    cells[at] = cell;
  }

  /** The numbers of all keys, ordered by their values under the collations, all ascending. */
  int[] sorted() {
    if (collations.length == 1) {
      int[] quick = sortedIntegers();
      if (quick != null) {
        return quick;
      }
    }
    RowOrder order = RowOrder.ascending(collations);
    return new RowSorter(keys, order).sort();
  }

  /** The order of single integers that lie close enough together, or null. */
  private int @Nullable [] sortedIntegers() {
    int n = keys.size();
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      if (firstTags[i] != Tag.INTEGER) {
        return null;
      }
      least = Math.min(least, firstBits[i]);
      most = Math.max(most, firstBits[i]);
    }
    if (n == 0 || most - least < 0 || most - least > Integer.MAX_VALUE) {
      return null;
    }
    long[] packed = new long[n];
    for (int i = 0; i < n; i++) {
      packed[i] = firstBits[i] - least << 32 | i;
    }
    Arrays.sort(packed);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = (int) packed[i];
    }
    return order;
  }
}
