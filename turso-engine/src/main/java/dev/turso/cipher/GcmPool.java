package dev.turso.cipher;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.SecretKey;

/**
 * Keeps a few {@link Gcm}s of one key, so that threads need not make one for each page. Thread-safe,
 * without locks: who finds none makes one, and one too many is dropped.
 */
final class GcmPool {

  private static final int KEPT = 8;

  private final SecretKey key;
  private final Nonces nonces;
  private final AtomicReferenceArray<Gcm> idle = new AtomicReferenceArray<>(KEPT);

  GcmPool(SecretKey key, SecureRandom random) {
    this.key = key;
    this.nonces = new Nonces(random);
  }

  Gcm take() {
    for (int i = 0; i < KEPT; i++) {
      if (idle.getPlain(i) != null) {
        Gcm found = idle.getAndSet(i, null);
        if (found != null) {
          return found;
        }
      }
    }
    return new Gcm(key, nonces);
  }

  /** Not called after a failure that leaves the state of the cipher in doubt. */
  void give(Gcm used) {
    for (int i = 0; i < KEPT; i++) {
      if (idle.getPlain(i) == null && idle.compareAndSet(i, null, used)) {
        return;
      }
    }
  }
}
