package dev.turso.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM with one key, and the buffers that it takes. For one thread at a time; taken from a {@link
 * GcmPool}.
 *
 * <p>Sealed bytes are the ciphertext, as long as the text; the tag, 16 bytes; the nonce, 12 bytes.
 */
final class Gcm {

  static final int TAG_BYTES = 16;
  static final int NONCE_BYTES = 12;

  /** By how much sealed bytes are longer than the text. */
  static final int EXTRA = TAG_BYTES + NONCE_BYTES;

  private final SecretKey key;
  private final Cipher cipher;
  private final Nonces nonces;
  private byte[] scratch = new byte[0];

  Gcm(SecretKey key, Nonces nonces) {
    this.key = key;
    this.nonces = nonces;
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw KeyDerivation.unavailable(e);
    }
  }

  /** Begins to seal, with a fresh nonce that is put where sealed bytes of this length have it. */
  void beginSealing(byte[] out, int at, int length) {
    int nonceAt = at + length + TAG_BYTES;
    nonces.next(out, nonceAt);
    begin(Cipher.ENCRYPT_MODE, out, nonceAt);
  }

  /** What is authenticated and not encrypted, before the text. */
  void authenticate(byte[] bytes, int at, int length) {
    cipher.updateAAD(bytes, at, length);
  }

  /** The text and the output are different arrays. */
  void seal(byte[] text, int textAt, byte[] out, int at, int length) {
    try {
      cipher.doFinal(text, textAt, length, out, at);
    } catch (GeneralSecurityException e) {
      throw KeyDerivation.unavailable(e);
    }
  }

  void beginOpening(byte[] sealed, int at, int length) {
    begin(Cipher.DECRYPT_MODE, sealed, at + length + TAG_BYTES);
  }

  /** Opens in place. False, with the text undefined, if it is not what was sealed. */
  boolean open(byte[] sealed, int at, int length) {
    int input = length + TAG_BYTES;
    if (scratch.length < input) {
      scratch = new byte[input];
    }
    System.arraycopy(sealed, at, scratch, 0, input);
    try {
      cipher.doFinal(scratch, 0, input, sealed, at);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw KeyDerivation.unavailable(e);
    }
  }

  private void begin(int mode, byte[] nonce, int at) {
    try {
      cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce, at, NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      throw KeyDerivation.unavailable(e);
    }
  }
}
