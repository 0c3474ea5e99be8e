package dev.turso.value;

/** {@link Collation#RTRIM}. */
final class RightTrimCollation implements Collation {

  @Override
  public String name() {
    return "RTRIM";
  }

  @Override
  public int compare(byte[] a, int aOff, int aLen, byte[] b, int bOff, int bLen) {
    return BINARY.compare(a, aOff, trimmed(a, aOff, aLen), b, bOff, trimmed(b, bOff, bLen));
  }

  private static int trimmed(byte[] text, int off, int len) {
    int n = len;
    while (n > 0 && text[off + n - 1] == ' ') {
      n--;
    }
    return n;
  }
}
