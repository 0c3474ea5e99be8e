package dev.turso.format;

import dev.turso.value.Collation;
import dev.turso.value.Tag;
import java.util.Arrays;

/**
 * The order of the keys of one index.
 *
 * <p>NULL before numbers before texts before blobs; integers and reals compare by their exact
 * mathematical value; texts by the column's collation; each column ascending or descending. Only
 * the key columns take part: a record may hold more. A record or probe that is a prefix of the
 * other, as far as the key columns go, equals it.
 *
 * <p>In a UTF-16 database BINARY orders texts by their stored bytes, as SQLite does; the other
 * collations see UTF-8. Immutable; usable by any thread.
 *
 * @see <a href="https://www.sqlite.org/datatype3.html#sort_order">Datatypes, 4.1</a>
 */
public final class KeyComparator {

  private static final double TWO_TO_63 = 0x1p63;

  private final Collation[] collations;
  private final boolean[] descending;
  private final TextEncoding encoding;

  /** Collations that are BINARY over UTF-8, which need no call. */
  private final boolean[] bytewise;

  /**
   * @param collations one for each key column
   * @param descending as many
   */
  public KeyComparator(Collation[] collations, boolean[] descending, TextEncoding encoding) {
    this.collations = collations.clone();
    this.descending = descending.clone();
    this.encoding = encoding;
    this.bytewise = new boolean[collations.length];
    for (int i = 0; i < collations.length; i++) {
      bytewise[i] = collations[i] == Collation.BINARY;
    }
    if (descending.length != collations.length) {
      throw new IllegalArgumentException("collations and directions differ in number");
    }
  }

  /** Ascending BINARY columns in a UTF-8 database. */
  public static KeyComparator binary(int columns) {
    Collation[] collations = new Collation[columns];
    Arrays.fill(collations, Collation.BINARY);
    return new KeyComparator(collations, new boolean[columns], TextEncoding.UTF_8);
  }

  /** How many columns take part. */
  public int columns() {
    return collations.length;
  }

  /** How the records that this compares store their texts. */
  public TextEncoding encoding() {
    return encoding;
  }

  /** The sign of an encoded record against a probe. */
  public int compare(byte[] a, int off, int len, KeyProbe probe) {
    int limit = off + len;
    long head = len == 0 ? 0 : header(a, off, limit);
    int at = off + (int) (head >>> 32);
    int headEnd = off + (int) head;
    int body = headEnd;
    int columns = Math.min(probe.count, collations.length);
    for (int i = 0; i < columns && at < headEnd; i++) {
      int type = a[at++];
      if (type < 0) {
        type = wideType(a, --at, headEnd);
        at += Varint.length(a, at);
      }
      int next = body + SerialType.length(type);
      if (next > limit || next < 0) {
        throw Malformed.file();
      }
      int c = compareLane(type, a, body, next, probe, i);
      if (c != 0) {
        return descending[i] ? -c : c;
      }
      body = next;
    }
    return 0;
  }

  /** The sign of one encoded record against another. */
  public int compare(byte[] a, int aOff, int aLen, byte[] b, int bOff, int bLen) {
    int aLimit = aOff + aLen;
    int bLimit = bOff + bLen;
    long aHead = aLen == 0 ? 0 : header(a, aOff, aLimit);
    long bHead = bLen == 0 ? 0 : header(b, bOff, bLimit);
    int aAt = aOff + (int) (aHead >>> 32);
    int bAt = bOff + (int) (bHead >>> 32);
    int aEnd = aOff + (int) aHead;
    int bEnd = bOff + (int) bHead;
    int aBody = aEnd;
    int bBody = bEnd;
    for (int i = 0; i < collations.length && aAt < aEnd && bAt < bEnd; i++) {
      int aType = a[aAt++];
      if (aType < 0) {
        aType = wideType(a, --aAt, aEnd);
        aAt += Varint.length(a, aAt);
      }
      int bType = b[bAt++];
      if (bType < 0) {
        bType = wideType(b, --bAt, bEnd);
        bAt += Varint.length(b, bAt);
      }
      int aNext = aBody + SerialType.length(aType);
      int bNext = bBody + SerialType.length(bType);
      if (aNext > aLimit || aNext < 0 || bNext > bLimit || bNext < 0) {
        throw Malformed.file();
      }
      int c = compareStored(i, aType, a, aBody, aNext, bType, b, bBody, bNext);
      if (c != 0) {
        return descending[i] ? -c : c;
      }
      aBody = aNext;
      bBody = bNext;
    }
    return 0;
  }

  /** The bytes of the header's own size, in the upper half, and that size in the lower. */
  private static long header(byte[] a, int off, int limit) {
    int first = a[off];
    if (first >= 0 && first <= limit - off) {
      return 1L << 32 | first;
    }
    long size = Varint.read(a, off, limit);
    if (size < 0 || size > limit - off) {
      throw Malformed.file();
    }
    return (long) Varint.length(a, off) << 32 | size;
  }

  private static int wideType(byte[] a, int at, int headEnd) {
    long type = Varint.read(a, at, headEnd);
    if (type < 0 || type > Integer.MAX_VALUE) {
      throw Malformed.file();
    }
    return (int) type;
  }

  private int compareLane(int type, byte[] a, int from, int to, KeyProbe probe, int i) {
    switch (probe.tags[i]) {
      case Tag.INTEGER:
        if (type == SerialType.REAL) {
          return -compareIntegerReal(probe.bits[i], Bytes.i64(a, from));
        }
        return isNumber(type)
            ? Long.compare(SerialType.integer(type, a, to), probe.bits[i])
            : storageClass(type) - Tag.INTEGER;
      case Tag.REAL:
        if (type == SerialType.REAL) {
          return compareReals(Bytes.i64(a, from), probe.bits[i]);
        }
        return isNumber(type)
            ? compareIntegerReal(SerialType.integer(type, a, to), probe.bits[i])
            : storageClass(type) - Tag.INTEGER;
      case Tag.NULL:
        return storageClassOf(type, a, from);
      default:
        return compareSlice(type, a, from, to, probe, i);
    }
  }

  private int compareSlice(int type, byte[] a, int from, int to, KeyProbe probe, int i) {
    int tag = probe.tags[i];
    int cls = storageClass(type);
    if (cls != tag) {
      return cls - tag;
    }
    byte[] b = probe.refs[i];
    int bFrom = Tag.offset(probe.bits[i]);
    int bLen = Tag.length(probe.bits[i]);
    if (tag == Tag.BLOB) {
      return Collation.BINARY.compare(a, from, to - from, b, bFrom, bLen);
    }
    if (encoding == TextEncoding.UTF_8) {
      return collations[i].compare(a, from, to - from, b, bFrom, bLen);
    }
    if (bytewise[i]) {
      byte[] stored = encoding.fromUtf8(b, bFrom, bLen);
      return Collation.BINARY.compare(a, from, to - from, stored, 0, stored.length);
    }
    byte[] utf8 = encoding.toUtf8(a, from, to - from);
    return collations[i].compare(utf8, 0, utf8.length, b, bFrom, bLen);
  }

  private int compareStored(
      int i, int aType, byte[] a, int aFrom, int aTo, int bType, byte[] b, int bFrom, int bTo) {
    int aClass = storageClassOf(aType, a, aFrom);
    int bClass = storageClassOf(bType, b, bFrom);
    if (aClass != bClass) {
      return aClass - bClass;
    }
    switch (aClass) {
      case Tag.NULL:
        return 0;
      case Tag.INTEGER:
        return compareNumbers(aType, a, aTo, bType, b, bTo);
      case Tag.BLOB:
        return Collation.BINARY.compare(a, aFrom, aTo - aFrom, b, bFrom, bTo - bFrom);
      default:
        if (encoding == TextEncoding.UTF_8 || bytewise[i]) {
          return collations[i].compare(a, aFrom, aTo - aFrom, b, bFrom, bTo - bFrom);
        }
        byte[] aText = encoding.toUtf8(a, aFrom, aTo - aFrom);
        byte[] bText = encoding.toUtf8(b, bFrom, bTo - bFrom);
        return collations[i].compare(aText, 0, aText.length, bText, 0, bText.length);
    }
  }

  private static int compareNumbers(int aType, byte[] a, int aTo, int bType, byte[] b, int bTo) {
    if (aType == SerialType.REAL) {
      return bType == SerialType.REAL
          ? compareReals(Bytes.i64(a, aTo - 8), Bytes.i64(b, bTo - 8))
          : -compareIntegerReal(SerialType.integer(bType, b, bTo), Bytes.i64(a, aTo - 8));
    }
    long value = SerialType.integer(aType, a, aTo);
    return bType == SerialType.REAL
        ? compareIntegerReal(value, Bytes.i64(b, bTo - 8))
        : Long.compare(value, SerialType.integer(bType, b, bTo));
  }

  private static boolean isNumber(int type) {
    return type >= 1 && type <= SerialType.ONE;
  }

  /** The storage class of a type, the two kinds of number being {@link Tag#INTEGER}. */
  private static int storageClass(int type) {
    if (type >= SerialType.FIRST_BLOB) {
      return (type & 1) == 0 ? Tag.BLOB : Tag.TEXT;
    }
    return isNumber(type) ? Tag.INTEGER : Tag.NULL;
  }

  /** As {@link #storageClass}, but a stored NaN is a NULL. */
  private static int storageClassOf(int type, byte[] a, int at) {
    if (type == SerialType.REAL && Double.isNaN(Double.longBitsToDouble(Bytes.i64(a, at)))) {
      return Tag.NULL;
    }
    return storageClass(type);
  }

  /** Reals by value: -0.0 equals 0.0, and a NaN, which is a NULL, comes before all. */
  private static int compareReals(long a, long b) {
    double x = Double.longBitsToDouble(a);
    double y = Double.longBitsToDouble(b);
    if (x < y) {
      return -1;
    }
    if (x > y) {
      return 1;
    }
    return x == y ? 0 : (Double.isNaN(y) ? 1 : 0) - (Double.isNaN(x) ? 1 : 0);
  }

  /** An integer against a real, exactly: beyond 2^53 neither is rounded to the other's kind. */
  static int compareIntegerReal(long integer, long realBits) {
    double real = Double.longBitsToDouble(realBits);
    if (Double.isNaN(real) || real < -TWO_TO_63) {
      return 1;
    }
    if (real >= TWO_TO_63) {
      return -1;
    }
    long whole = (long) real;
    if (integer != whole) {
      return integer < whole ? -1 : 1;
    }
    double fraction = real - whole;
    return fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
  }
}
