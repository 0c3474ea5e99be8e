package dev.turso.cipher;

import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import dev.turso.format.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Pages under AES-GCM with the key of their file.
 *
 * <pre>
 *   page N > 1    0                                    size-28      size-12      size
 *                 │ ciphertext                            │ tag 16     │ nonce 12  │
 *
 *   page 1        0        100                          size-28      size-12      size
 *                 │ clear    │ ciphertext                 │ tag 16     │ nonce 12  │
 *
 *   authenticated with it: salt 16, page number 4, and of page 1 the clear bytes
 * </pre>
 *
 * <p>The clear bytes are drawn in {@link CipherHeader}. The last 28 bytes are reserved in the sense of
 * the file format: no content is ever there.
 */
final class EncryptedPages implements PageCodec {

  private final PageCipher cipher;
  private final byte[] check;
  private final byte[] salt;
  private final GcmPool pool;
  private final KeyUse use;

  /**
   * @param key of the user
   * @param salt of the file
   * @param file its name, for the log
   */
  EncryptedPages(EncryptionKey key, byte[] salt, SecureRandom random, String file) {
    this.cipher = key.cipher();
    this.salt = salt;
    this.check = KeyDerivation.check(key, salt);
    SecretKey pageKey = KeyDerivation.pageKey(key, salt);
    this.pool = new GcmPool(pageKey, random);
    this.use = new KeyUse(file);
  }

  @Override
  public boolean isPlain() {
    return false;
  }

  @Override
  public int reservedBytes() {
    return Gcm.EXTRA;
  }

  /** What tells whether a header was written with the same key. */
  byte[] check() {
    return check;
  }

  boolean hasSaltOf(byte[] header) {
    return CipherHeader.hasSalt(header, salt);
  }

  KeyUse use() {
    return use;
  }

  @Override
  public boolean wantsFirstPage() {
    return use.wantsReserve();
  }

  @Override
  public void encode(int page, byte[] image, byte[] out, int at) {
    use.encrypted();
    int clear = 0;
    if (page == 1) {
      clear = CipherHeader.SIZE;
      System.arraycopy(image, 0, out, at, clear);
      CipherHeader.hide(out, at, cipher, check, salt, use.reserved());
    }
    int length = image.length - Gcm.EXTRA - clear;
    Gcm gcm = pool.take();
    gcm.beginSealing(out, at + clear, length);
    authenticatePlace(gcm, page);
    gcm.authenticate(out, at, clear);
    gcm.seal(image, clear, out, at + clear, length);
    pool.give(gcm);
  }

  @Override
  public void decode(int page, byte[] image) {
    int clear = page == 1 ? CipherHeader.SIZE : 0;
    int length = image.length - Gcm.EXTRA - clear;
    Gcm gcm = pool.take();
    gcm.beginOpening(image, clear, length);
    authenticatePlace(gcm, page);
    gcm.authenticate(image, 0, clear);
    boolean genuine = gcm.open(image, clear, length);
    pool.give(gcm);
    if (!genuine) {
      throw new CorruptException(
          ResultCode.CORRUPT,
          "database disk image is malformed: page "
              + page
              + " is not what was encrypted for this place");
    }
    Arrays.fill(image, image.length - Gcm.EXTRA, image.length, (byte) 0);
    if (page == 1) {
      use.seen(CipherHeader.count(image));
      CipherHeader.show(image);
    }
  }

  private void authenticatePlace(Gcm gcm, int page) {
    byte[] place = new byte[salt.length + 4];
    System.arraycopy(salt, 0, place, 0, salt.length);
    Bytes.put32(place, salt.length, page);
    gcm.authenticate(place, 0, place.length);
  }
}
