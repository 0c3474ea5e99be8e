package dev.turso.cipher;

import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import java.util.Arrays;

/**
 * The first 100 bytes of an encrypted database, which stay in clear and are authenticated with the
 * first page.
 *
 * <pre>
 *    0  6 "TursoE"                          72 16 salt
 *    6  1 format, 1                         88  4 pages encrypted with the file's key so far, at
 *    7  1 cipher: 1 aes128gcm, 2 aes256gcm        most; 2^32 - 1 = that many or more
 *    8  8 check value of the key
 *   16 56 as in a plain database            92  8 as in a plain database
 * </pre>
 *
 * <p>In clear is what has to be known before there is a key or a page: the size of pages, whether
 * there is a log, the change counter that tells other processes' commits, the size of the file. The
 * bytes from 72 are zero in a plain database.
 */
final class CipherHeader {

  static final int SIZE = DatabaseHeader.SIZE;
  static final int CHECK_BYTES = 8;
  static final int SALT_BYTES = 16;

  private static final int FORMAT = 6;
  private static final int CIPHER = 7;
  private static final int CHECK = 8;
  private static final int SALT = 72;
  private static final int COUNT = 88;
  private static final int CURRENT_FORMAT = 1;
  private static final byte[] MAGIC = {'T', 'u', 'r', 's', 'o', 'E'};
  private static final byte[] OTHER_MAGIC = {'T', 'u', 'r', 's', 'o', 0};

  private CipherHeader() {}

  static boolean hasMagic(byte[] header) {
    return startsWith(header, MAGIC);
  }

  /** Whether a file is encrypted in the format of the Turso database, which is not this one. */
  static boolean isOfTurso(byte[] header) {
    return startsWith(header, OTHER_MAGIC);
  }

  private static boolean startsWith(byte[] header, byte[] magic) {
    return Arrays.equals(header, 0, magic.length, magic, 0, magic.length);
  }

  static boolean isKnownFormat(byte[] header) {
    return header[FORMAT] == CURRENT_FORMAT;
  }

  static int cipher(byte[] header) {
    return header[CIPHER];
  }

  static byte[] salt(byte[] header) {
    return Arrays.copyOfRange(header, SALT, SALT + SALT_BYTES);
  }

  static boolean hasSalt(byte[] header, byte[] salt) {
    return Arrays.equals(header, SALT, SALT + SALT_BYTES, salt, 0, SALT_BYTES);
  }

  static byte[] check(byte[] header) {
    return Arrays.copyOfRange(header, CHECK, CHECK + CHECK_BYTES);
  }

  static long count(byte[] header) {
    return Integer.toUnsignedLong(Bytes.i32(header, COUNT));
  }

  /** Makes the header of a plain page one of an encrypted page. */
  static void hide(byte[] page, int at, PageCipher cipher, byte[] check, byte[] salt, long count) {
    System.arraycopy(MAGIC, 0, page, at, MAGIC.length);
    page[at + FORMAT] = CURRENT_FORMAT;
    page[at + CIPHER] = (byte) cipher.id;
    System.arraycopy(check, 0, page, at + CHECK, CHECK_BYTES);
    System.arraycopy(salt, 0, page, at + SALT, SALT_BYTES);
    Bytes.put32(page, at + COUNT, (int) count);
  }

  /** Makes the header of an encrypted page one of a plain page. */
  static void show(byte[] page) {
    DatabaseHeader.putMagic(page);
    Arrays.fill(page, SALT, COUNT + 4, (byte) 0);
  }
}
