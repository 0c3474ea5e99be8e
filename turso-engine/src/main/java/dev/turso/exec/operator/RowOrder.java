package dev.turso.exec.operator;

import dev.turso.format.RecordReader;
import dev.turso.plan.logical.SortKey;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order of rows kept in a {@link RowBuffer}: by their first fields, each with its collation and
 * direction. Not thread-safe.
 */
final class RowOrder {

  private final Collation[] collations;
  private final boolean[] descending;
  private final boolean[] nullsFirst;
  private final RecordReader a = new RecordReader();
  private final RecordReader b = new RecordReader();

  RowOrder(Collation[] collations, boolean[] descending, boolean[] nullsFirst) {
    this.collations = collations;
    this.descending = descending;
    this.nullsFirst = nullsFirst;
  }

  static RowOrder ascending(Collation[] collations) {
    boolean[] nullsFirst = new boolean[collations.length];
    Arrays.fill(nullsFirst, true);
    return new RowOrder(collations, new boolean[collations.length], nullsFirst);
  }

  static RowOrder of(List<SortKey> keys) {
    int n = keys.size();
    Collation[] collations = new Collation[n];
    boolean[] descending = new boolean[n];
    boolean[] nullsFirst = new boolean[n];
    for (int i = 0; i < n; i++) {
      collations[i] = keys.get(i).collation();
      descending[i] = keys.get(i).descending();
      nullsFirst[i] = keys.get(i).nullsFirst();
    }
    return new RowOrder(collations, descending, nullsFirst);
  }

  int fields() {
    return collations.length;
  }

  boolean isDescending(int field) {
    return descending[field];
  }

  int compare(RowBuffer rows, int x, int y) {
    rows.read(x, a);
    rows.read(y, b);
    return compareRecords(0);
  }

  /** As {@link #compare(RowBuffer, int, int)} for records wherever they are. */
  int compare(byte[] x, int xAt, int xLength, byte[] y, int yAt, int yLength) {
    a.reset(x, xAt, xLength);
    b.reset(y, yAt, yLength);
    return compareRecords(0);
  }

  /** Compares by the fields from one on: those before it are known to be equal. */
  int compare(RowBuffer rowsX, int x, RowBuffer rowsY, int y) {
    rowsX.read(x, a);
    rowsY.read(y, b);
    return compareRecords(0);
  }

  private int compareRecords(int from) {
    for (int i = from; i < collations.length; i++) {
      int tagA = a.load(i);
      int tagB = b.load(i);
      int c = compareField(i, tagA, a.bits(), a.ref(), tagB, b.bits(), b.ref());
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  /** Compares the first fields given as registers. */
  int compare(Register[] x, Register[] y) {
    for (int i = 0; i < collations.length; i++) {
      int c = compareField(i, x[i].tag, x[i].bits, x[i].ref, y[i].tag, y[i].bits, y[i].ref);
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  private int compareField(
      int i, int tagA, long bitsA, byte[] refA, int tagB, long bitsB, byte[] refB) {
    if (tagA == Tag.NULL || tagB == Tag.NULL) {
      int c = tagA == tagB ? 0 : tagA == Tag.NULL ? -1 : 1;
      return nullsFirst[i] ? c : -c;
    }
    int c = Comparison.compare(tagA, bitsA, refA, tagB, bitsB, refB, collations[i]);
    return descending[i] ? -c : c;
  }

  /**
   * A number whose unsigned order agrees with that of the first field: a smaller one sorts before,
   * equal ones are undecided.
   */
  long prefix(RowBuffer rows, int row) {
    if (collations.length == 0) {
      return 0;
    }
    rows.read(row, a);
    int tag = a.load(0);
    if (tag == Tag.NULL) {
      return nullsFirst[0] ? 0 : -1L;
    }
    long p = prefix(tag, a.bits(), a.ref(), collations[0]);
    return descending[0] ? ~p : p;
  }

  private static long prefix(int tag, long bits, byte[] ref, Collation collation) {
    if (tag == Tag.INTEGER) {
      return number((double) bits);
    }
    if (tag == Tag.REAL) {
      return number(Double.longBitsToDouble(bits));
    }
    long kind = tag == Tag.TEXT ? 2L << 62 : 3L << 62;
    if (tag == Tag.TEXT && collation != Collation.BINARY && collation != Collation.NOCASE) {
      return kind | 1;
    }
    long head =
        head(
            ref,
            Tag.offset(bits),
            Tag.length(bits),
            collation == Collation.NOCASE && tag == Tag.TEXT);
    long p = kind | head >>> 2;
    return p == -1L ? -2L : p;
  }

  private static long number(double d) {
    return 1L << 62 | orderedReal(Double.doubleToRawLongBits(d)) >>> 2;
  }

  private static long head(byte[] a, int from, int length, boolean fold) {
    long h = 0;
    int n = Math.min(8, length);
    for (int i = 0; i < n; i++) {
      int b = a[from + i];
      if (fold && b >= 'A' && b <= 'Z') {
        b += 32;
      }
      h = h << 8 | b & 0xff;
    }
    return n == 0 ? 0 : h << 64 - 8 * n;
  }

  /**
   * For each row a number whose unsigned order is that of a field, equal where the field is equal; or
   * null if the field is not always an integer, nor always a REAL, but for NULLs.
   */
  long @Nullable [] numbers(RowBuffer rows, int field) {
    int n = rows.size();
    long[] numbers = new long[n];
    int kind = Tag.NULL;
    for (int row = 0; row < n; row++) {
      rows.read(row, a);
      int tag = a.load(field);
      if (tag >= Tag.TEXT || tag != Tag.NULL && kind != Tag.NULL && tag != kind) {
        return null;
      }
      long bits = a.bits();
      if (tag == Tag.NULL) {
        numbers[row] = nullsFirst[field] ? 0 : -1L;
        continue;
      }
      kind = tag;
      long ordered = tag == Tag.INTEGER ? bits ^ Long.MIN_VALUE : orderedReal(bits);
      if (ordered == 0 || ordered == -1L) {
        return null;
      }
      numbers[row] = descending[field] ? ~ordered : ordered;
    }
    return numbers;
  }

  /** The bits of a REAL so that their unsigned order is that of the numbers. */
  private static long orderedReal(long bits) {
    long s = bits == Long.MIN_VALUE ? 0 : bits;
    return s ^ (s >> 63 | Long.MIN_VALUE);
  }

  /** How many bits hold the numbers from 0 to a count. */
  static int bitsFor(long count) {
    return 64 - Long.numberOfLeadingZeros(count);
  }

  /**
   * For each row its whole key and its number in one positive long, if the keys are integers that lie
   * close enough together; else null.
   */
  long @Nullable [] pack(RowBuffer rows) {
    int n = rows.size();
    int fields = collations.length;
    long[] least = new long[fields];
    long[] most = new long[fields];
    Arrays.fill(least, Long.MAX_VALUE);
    Arrays.fill(most, Long.MIN_VALUE);
    for (int row = 0; row < n; row++) {
      rows.read(row, a);
      for (int i = 0; i < fields; i++) {
        int tag = a.load(i);
        if (tag == Tag.INTEGER) {
          least[i] = Math.min(least[i], a.bits());
          most[i] = Math.max(most[i], a.bits());
        } else if (tag != Tag.NULL) {
          return null;
        }
      }
    }
    int[] shift = shifts(least, most, bitsFor(n));
    return shift == null ? null : pack(rows, least, most, shift);
  }

  /** How far left each field goes, or null if they do not all fit. Two places more are for NULL. */
  private int @Nullable [] shifts(long[] least, long[] most, int rowBits) {
    int[] shift = new int[least.length];
    int at = rowBits;
    for (int i = least.length - 1; i >= 0; i--) {
      shift[i] = at;
      long range = least[i] > most[i] ? 0 : most[i] - least[i];
      if (range < 0 || range > Long.MAX_VALUE - 2) {
        return null;
      }
      at += bitsFor(range + 2);
      if (at > 63) {
        return null;
      }
    }
    return shift;
  }

  private long[] pack(RowBuffer rows, long[] least, long[] most, int[] shift) {
    long[] packed = new long[rows.size()];
    for (int row = 0; row < packed.length; row++) {
      rows.read(row, a);
      long key = row;
      for (int i = 0; i < shift.length; i++) {
        long value;
        if (a.load(i) == Tag.NULL) {
          value = nullsFirst[i] ? 0 : least[i] > most[i] ? 2 : most[i] - least[i] + 2;
        } else {
          value = 1 + (descending[i] ? most[i] - a.bits() : a.bits() - least[i]);
        }
        key |= value << shift[i];
      }
      packed[row] = key;
    }
    return packed;
  }
}
