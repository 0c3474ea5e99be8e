package dev.turso.cipher;

import dev.turso.error.KeyException;
import dev.turso.error.ResultCode;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A key and the cipher that it is for. Immutable; never shows the key.
 *
 * <p>As a {@link KeyProvider} it is the key of every file.
 */
public final class EncryptionKey implements KeyProvider {

  /** How many bytes encryption takes of each page, at its end. */
  public static final int RESERVED_BYTES = Gcm.EXTRA;

  private final PageCipher cipher;
  private final byte[] bytes;

  private EncryptionKey(PageCipher cipher, byte[] bytes) {
    this.cipher = cipher;
    this.bytes = bytes;
  }

  /**
   * @param key 16 or 32 bytes from a source of random bytes, as the cipher has it; copied
   */
  public static EncryptionKey of(PageCipher cipher, byte[] key) {
    if (key.length != cipher.keyBytes) {
      throw new KeyException(
          ResultCode.AUTH,
          "a key for "
              + cipher.text()
              + " has "
              + cipher.keyBytes
              + " bytes ("
              + cipher.keyBytes * 2
              + " hexadecimal digits), this one has another length");
    }
    return new EncryptionKey(cipher, key.clone());
  }

  /**
   * @param cipher its name, or null to go by the length of the key
   * @param hex the key as hexadecimal digits; white space around them is passed over
   */
  public static EncryptionKey ofHex(@Nullable String cipher, String hex) {
    byte[] key;
    try {
      key = HexFormat.of().parseHex(hex.strip());
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message quotes the text.
      throw new KeyException(ResultCode.AUTH, "the encryption key is not hexadecimal");
    }
    if (cipher != null) {
      return of(PageCipher.named(cipher), key);
    }
    return switch (key.length) {
      case 16 -> of(PageCipher.AES_128_GCM, key);
      case 32 -> of(PageCipher.AES_256_GCM, key);
      default ->
          throw new KeyException(
              ResultCode.AUTH,
              "an encryption key has 32 hexadecimal digits (aes128gcm) or 64 (aes256gcm)");
    };
  }

  public PageCipher cipher() {
    return cipher;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public EncryptionKey keyFor(String path) {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptionKey key
        && key.cipher == cipher
        && MessageDigest.isEqual(key.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return cipher.hashCode();
  }

  @Override
  public String toString() {
    return "EncryptionKey[" + cipher.text() + "]";
  }
}
