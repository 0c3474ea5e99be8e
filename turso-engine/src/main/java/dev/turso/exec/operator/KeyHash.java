package dev.turso.exec.operator;

import dev.turso.value.Collation;
import dev.turso.value.Tag;

/** Hashes of values such that values equal under a collation have equal hashes. Stateless. */
final class KeyHash {

  private KeyHash() {}

  static int mix(long x) {
    long h = x * 0x9e3779b97f4a7c15L;
    return (int) (h ^ h >>> 32);
  }

  static int of(int tag, long bits, byte[] ref, Collation collation) {
    switch (tag) {
      case Tag.INTEGER:
        return mix(bits);
      case Tag.REAL:
        double d = Double.longBitsToDouble(bits);
        long whole = (long) d;
        return whole == d ? mix(whole) : mix(bits);
      case Tag.TEXT:
        return text(bits, ref, collation);
      case Tag.BLOB:
        return bytes(ref, Tag.offset(bits), Tag.length(bits)) + 1;
      default:
        return 0x5bd1e995;
    }
  }

  private static int text(long bits, byte[] ref, Collation collation) {
    int from = Tag.offset(bits);
    int length = Tag.length(bits);
    if (collation == Collation.BINARY) {
      return bytes(ref, from, length);
    }
    if (collation == Collation.NOCASE) {
      return foldedBytes(ref, from, length);
    }
    if (collation == Collation.RTRIM) {
      while (length > 0 && ref[from + length - 1] == ' ') {
        length--;
      }
      return bytes(ref, from, length);
    }
    return 1;
  }

  private static int bytes(byte[] a, int from, int length) {
    int h = length;
    for (int i = from; i < from + length; i++) {
      h = h * 31 + a[i];
    }
    return h * 0x9e3779b9 ^ h >>> 15;
  }

  private static int foldedBytes(byte[] a, int from, int length) {
    int h = length;
    for (int i = from; i < from + length; i++) {
      byte b = a[i];
      h = h * 31 + (b >= 'A' && b <= 'Z' ? b + 32 : b);
    }
    return h * 0x9e3779b9 ^ h >>> 15;
  }
}
