package dev.turso.cipher;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * HKDF with SHA-256: what a file's pages are encrypted with, and what tells a wrong key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869</a>
 */
final class KeyDerivation {

  private static final String PAGE_KEY = "dev.turso page key 1 ";
  private static final String CHECK = "dev.turso key check 1 ";

  private KeyDerivation() {}

  static SecretKey pageKey(EncryptionKey key, byte[] salt) {
    try {
      return kdf().deriveKey("AES", info(key, salt, PAGE_KEY, key.cipher().keyBytes));
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    }
  }

  static byte[] check(EncryptionKey key, byte[] salt) {
    return derive(key.bytes(), salt, bytes(CHECK + key.cipher().text()), CipherHeader.CHECK_BYTES);
  }

  private static AlgorithmParameterSpec info(
      EncryptionKey key, byte[] salt, String purpose, int length) {
    return spec(key.bytes(), salt, bytes(purpose + key.cipher().text()), length);
  }

  /** Plain HKDF: extract with the salt, expand with the info. */
  static byte[] derive(byte[] key, byte[] salt, byte[] info, int length) {
    try {
      return kdf().deriveData(spec(key, salt, info, length));
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    }
  }

  private static AlgorithmParameterSpec spec(byte[] key, byte[] salt, byte[] info, int length) {
    return HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info, length);
  }

  private static KDF kdf() throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Every JDK 25 has these algorithms. */
  static IllegalStateException unavailable(GeneralSecurityException cause) {
    return new IllegalStateException("this JDK lacks an algorithm for encryption", cause);
  }
}
