package dev.turso.cipher;

import java.security.SecureRandom;
import java.util.Arrays;

/** Random nonces, drawn from the system's generator some at a time. Thread-safe. */
final class Nonces {

  private static final int AT_A_TIME = 32;

  private final SecureRandom random;
  private final byte[] drawn = new byte[AT_A_TIME * Gcm.NONCE_BYTES];
  private int used = drawn.length;

  Nonces(SecureRandom random) {
    this.random = random;
  }

  /** Each one is given out once. */
  synchronized void next(byte[] into, int at) {
    if (used == drawn.length) {
      random.nextBytes(drawn);
      used = 0;
    }
    System.arraycopy(drawn, used, into, at, Gcm.NONCE_BYTES);
    Arrays.fill(drawn, used, used + Gcm.NONCE_BYTES, (byte) 0);
    used += Gcm.NONCE_BYTES;
  }
}
