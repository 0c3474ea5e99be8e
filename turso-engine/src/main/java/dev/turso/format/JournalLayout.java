package dev.turso.format;

/**
 * The layout of a rollback journal; all numbers are big-endian.
 *
 * <pre>
 *   header, padded to the sector size        record, after the header and after each other
 *    0  8 magic                              0  4 page number
 *    8  4 number of records, -1 = as many    4    the page as it was
 *         as the file holds                       4 checksum: the nonce and every 200th byte
 *   12  4 nonce of the checksums
 *   16  4 size of the database in pages      at the end, if several files commit together
 *         before                             0  4 number of the lock page
 *   20  4 sector size                        4  n name of the super-journal
 *   24  4 page size                             4 n    4 sum of the name's bytes    8 magic
 * </pre>
 *
 * <p>Further headers, each at a multiple of the sector size, may follow with records of their own.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#the_rollback_journal">File format, 3</a>
 */
public final class JournalLayout {

  public static final int HEADER_SIZE = 28;
  public static final int RECORD_COUNT = 8;
  public static final int NONCE = 12;
  public static final int PAGE_COUNT = 16;
  public static final int SECTOR_SIZE = 20;
  public static final int PAGE_SIZE = 24;

  /** The sector size that we write. */
  public static final int OUR_SECTOR_SIZE = 512;

  /** What a record has besides its page. */
  public static final int RECORD_EXTRA = 8;

  /**
   * What the record of a super-journal has besides the name: before it the number of the lock page,
   * which no page's record can have; after it the name's length and checksum, and the magic.
   */
  public static final int SUPER_EXTRA = 20;

  private static final long MAGIC = 0xd9d505f920a163d7L;
  private static final int CHECKSUM_STEP = 200;

  private JournalLayout() {}

  public static void putMagic(byte[] bytes, int at) {
    Bytes.put64(bytes, at, MAGIC);
  }

  public static boolean hasMagic(byte[] bytes, int at) {
    return Bytes.i64(bytes, at) == MAGIC;
  }

  /** The checksum of the name of a super-journal: the sum of its bytes, which are signed. */
  public static int nameChecksum(byte[] name) {
    int sum = 0;
    for (byte each : name) {
      sum += each;
    }
    return sum;
  }

  /** The checksum of a page's record. */
  public static int checksum(int nonce, byte[] bytes, int from, int pageSize) {
    int sum = nonce;
    for (int i = pageSize - CHECKSUM_STEP; i > 0; i -= CHECKSUM_STEP) {
      sum += bytes[from + i] & 0xff;
    }
    return sum;
  }

  /** The number of the page that holds the lock bytes and no data. */
  public static int lockPage(int pageSize) {
    return 0x40000000 / pageSize + 1;
  }
}
