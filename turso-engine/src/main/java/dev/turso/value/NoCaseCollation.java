package dev.turso.value;

/** {@link Collation#NOCASE}. */
final class NoCaseCollation implements Collation {

  @Override
  public String name() {
    return "NOCASE";
  }

  @Override
  public int compare(byte[] a, int aOff, int aLen, byte[] b, int bOff, int bLen) {
    int n = Math.min(aLen, bLen);
    for (int i = 0; i < n; i++) {
      int d = fold(a[aOff + i]) - fold(b[bOff + i]);
      if (d != 0) {
        return d;
      }
    }
    return aLen - bLen;
  }

  private static int fold(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b & 0xff;
  }
}
