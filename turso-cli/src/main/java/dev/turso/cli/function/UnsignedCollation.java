package dev.turso.cli.function;

import dev.turso.value.Collation;

/** {@code uint}: as BINARY, but a run of digits counts as the number that it is. */
final class UnsignedCollation implements Collation {

  @Override
  public String name() {
    return "uint";
  }

  @Override
  public int compare(byte[] a, int aOff, int aLen, byte[] b, int bOff, int bLen) {
    int i = aOff;
    int j = bOff;
    int aEnd = aOff + aLen;
    int bEnd = bOff + bLen;
    while (i < aEnd && j < bEnd) {
      if (!isDigit(a[i]) || !isDigit(b[j])) {
        int order = Byte.compareUnsigned(a[i++], b[j++]);
        if (order != 0) {
          return order;
        }
        continue;
      }
      i = skipZeros(a, i, aEnd);
      j = skipZeros(b, j, bEnd);
      int aDigits = digits(a, i, aEnd);
      int bDigits = digits(b, j, bEnd);
      int order =
          aDigits != bDigits
              ? Integer.compare(aDigits, bDigits)
              : BINARY.compare(a, i, aDigits, b, j, bDigits);
      if (order != 0) {
        return order;
      }
      i += aDigits;
      j += bDigits;
    }
    return Integer.compare(aEnd - i, bEnd - j);
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }

  private static int skipZeros(byte[] text, int from, int end) {
    int at = from;
    while (at < end && text[at] == '0') {
      at++;
    }
    return at;
  }

  private static int digits(byte[] text, int from, int end) {
    int at = from;
    while (at < end && isDigit(text[at])) {
      at++;
    }
    return at - from;
  }
}
