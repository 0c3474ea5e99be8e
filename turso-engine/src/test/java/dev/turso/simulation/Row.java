package dev.turso.simulation;

/**
 * What a row holds besides its key: a number, and bytes that follow from it.
 *
 * @param size how many bytes, or -1 if they were not those that follow
 */
record Row(int number, int size) {

  byte[] bytes() {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = at(number, i);
    }
    return bytes;
  }

  private static byte at(int number, int i) {
    return (byte) (number * 31 + i * 7 + (i >> 8));
  }

  /** The row that was read. */
  static Row of(int number, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != at(number, i)) {
        return new Row(number, -1);
      }
    }
    return new Row(number, bytes.length);
  }
}
