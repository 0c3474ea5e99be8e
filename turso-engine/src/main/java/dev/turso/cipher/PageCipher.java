package dev.turso.cipher;

import dev.turso.error.KeyException;
import dev.turso.error.ResultCode;
import java.util.Locale;

/** The ciphers that pages may be encrypted with. */
public enum PageCipher {
  AES_128_GCM("aes128gcm", 1, 16),
  AES_256_GCM("aes256gcm", 2, 32);

  private final String text;
  final int id;
  final int keyBytes;

  PageCipher(String text, int id, int keyBytes) {
    this.text = text;
    this.id = id;
    this.keyBytes = keyBytes;
  }

  /** The name that URIs, properties and pragmas use. */
  public String text() {
    return text;
  }

  /** How long its keys are, in bytes. */
  public int keyBytes() {
    return keyBytes;
  }

  /** The cipher of a name, in any case and with {@code -} or {@code _} anywhere. */
  public static PageCipher named(String name) {
    String bare = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    for (PageCipher each : values()) {
      if (each.text.equals(bare)) {
        return each;
      }
    }
    throw new KeyException(
        ResultCode.AUTH, "unknown cipher: " + name + ", known are aes128gcm and aes256gcm");
  }
}
