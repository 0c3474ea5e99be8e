package dev.turso.cipher;

import dev.turso.error.CorruptException;
import dev.turso.error.KeyException;
import dev.turso.error.ResultCode;
import dev.turso.format.DatabaseHeader;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The key that was given for a file, and the codec that file and key make together: known once the
 * header was looked at, and looked up again whenever the header is read, as another process may have
 * given the file another key. Thread-safe.
 */
public final class FileCipher {

  /** What was decided for one key and one salt. */
  private record Decided(@Nullable EncryptionKey key, PageCodec codec) {}

  private final String file;
  private volatile Decided decided;

  /**
   * @param file its name, for messages
   * @param key null if the file is not encrypted
   */
  public FileCipher(String file, @Nullable EncryptionKey key) {
    this.file = file;
    this.decided = new Decided(key, PageCodec.PLAIN);
  }

  public @Nullable EncryptionKey key() {
    return decided.key;
  }

  /** Whether the file is encrypted, or will be when it is made. */
  public boolean isEncrypted() {
    return decided.key != null;
  }

  /** How many bytes at the end of each page of a new file are reserved, if so many are asked for. */
  public int reservedBytes(int wanted) {
    return isEncrypted() ? Math.max(wanted, Gcm.EXTRA) : wanted;
  }

  /** The codec for the header that was looked at last. */
  public PageCodec codec() {
    return decided.codec;
  }

  /** Whether a key is the one that the file is open with, in a time that does not tell them. */
  public boolean isOpenWith(@Nullable EncryptionKey key) {
    EncryptionKey own = decided.key;
    return own == null ? key == null : own.equals(key);
  }

  public KeyException openWithAnother() {
    return refused("is open with another encryption key, or with none");
  }

  /** There is no header yet: whoever writes the first page writes it with this codec. */
  public synchronized void expectNew() {
    EncryptionKey key = decided.key;
    if (key != null && decided.codec.isPlain()) {
      decided = new Decided(key, fresh(key));
    }
  }

  /** A codec for a file that is to be written anew, with a salt of its own. */
  public PageCodec fresh(@Nullable EncryptionKey key) {
    if (key == null) {
      return PageCodec.PLAIN;
    }
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[CipherHeader.SALT_BYTES];
    random.nextBytes(salt);
    return new EncryptedPages(key, salt, random, file);
  }

  /** From now on the file has another key. Called while nobody else uses it. */
  public void become(@Nullable EncryptionKey key, PageCodec codec) {
    decided = new Decided(key, codec);
  }

  /** Takes a key for a file of which nothing was read yet. */
  public void become(@Nullable EncryptionKey key) {
    become(key, PageCodec.PLAIN);
  }

  /**
   * Finds the codec for a header as it lies in the file, and returns the header of a plain file with
   * the same content: the same array if the file is plain. What is no header of a database is returned
   * as it is.
   *
   * @throws KeyException if key and file do not belong together
   */
  public byte[] open(byte[] header) {
    if (CipherHeader.hasMagic(header)) {
      EncryptedPages codec = codecOf(header);
      checkReserved(header);
      codec.use().seen(CipherHeader.count(header));
      byte[] shown = header.clone();
      CipherHeader.show(shown);
      return shown;
    }
    if (CipherHeader.isOfTurso(header)) {
      throw new KeyException(
          ResultCode.NOTADB,
          "file is not a database: "
              + file
              + " is encrypted in the format of the Turso database, which is not supported");
    }
    if (isEncrypted() && DatabaseHeader.hasMagic(header)) {
      throw refused("is not encrypted, and a key was given");
    }
    return header;
  }

  private EncryptedPages codecOf(byte[] header) {
    Decided now = decided;
    if (now.codec instanceof EncryptedPages known
        && known.hasSaltOf(header)
        && MessageDigest.isEqual(known.check(), CipherHeader.check(header))) {
      return known;
    }
    EncryptionKey key = now.key;
    if (key == null) {
      throw refused("is encrypted, and no key was given");
    }
    if (!CipherHeader.isKnownFormat(header)) {
      throw refused("is encrypted in a format of a later release");
    }
    if (CipherHeader.cipher(header) != key.cipher().id) {
      throw refused("is not encrypted with " + key.cipher().text() + " but with another cipher");
    }
    EncryptedPages codec =
        new EncryptedPages(key, CipherHeader.salt(header), new SecureRandom(), file);
    if (!MessageDigest.isEqual(codec.check(), CipherHeader.check(header))) {
      throw refused("is encrypted with another key, or its header is damaged");
    }
    return adopt(key, codec, header);
  }

  private static void checkReserved(byte[] header) {
    if ((header[DatabaseHeader.RESERVED_BYTES] & 0xff) < Gcm.EXTRA) {
      throw new CorruptException(
          ResultCode.NOTADB, "file is not a database: it is encrypted and leaves no room for it");
    }
  }

  /** Two threads that look at once get the same codec, as it counts. */
  private synchronized EncryptedPages adopt(
      EncryptionKey key, EncryptedPages codec, byte[] header) {
    if (decided.codec instanceof EncryptedPages known && known.hasSaltOf(header)) {
      return known;
    }
    if (decided.key == key) {
      decided = new Decided(key, codec);
    }
    return codec;
  }

  private KeyException refused(String why) {
    return new KeyException(ResultCode.AUTH, "the database file " + file + " " + why);
  }
}
