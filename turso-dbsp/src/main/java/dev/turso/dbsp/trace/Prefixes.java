package dev.turso.dbsp.trace;

import java.util.Arrays;

/** Which keys belong together. */
public final class Prefixes {

  private Prefixes() {}

  /** Whether a key begins with a prefix. */
  public static boolean starts(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
