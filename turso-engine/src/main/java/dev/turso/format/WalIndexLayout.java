package dev.turso.format;

/**
 * The layout of the WAL-index, the {@code -shm} file; numbers are in the machine's byte order.
 *
 * <pre>
 *   region 0: 32768 bytes                           header copy, 48 bytes
 *     0 48 header                                    0 4 version 3007000
 *    48 48 the same again                            8 4 counts the changes
 *    96  4 frames copied back to the database       12 1 1 = initialized
 *   100 20 five read marks                          13 1 1 = checksums over big-endian words
 *   120  8 lock bytes: write, checkpoint, recover,  14 2 page size, 1 = 65536
 *          read 0 to 4                              16 4 last valid frame
 *   128  4 frames that a checkpoint may have copied 20 4 size of the database in pages
 *   136    page number of frames 1 to 4062          24 8 checksum of the last frame
 *   16384  hash table of these                      32 8 salts, bytes as in the log
 *   region n: page numbers of the next 4096         40 8 checksum of the first 40 bytes
 *   frames, at 16384 their hash table
 *
 *   hash table: 8192 slots of 2 bytes; a slot holds the place (from 1) of a page number in its
 *   region, 0 = empty; the first slot is (page * 383) mod 8192, then one further
 * </pre>
 *
 * @see <a href="https://www.sqlite.org/walformat.html#the_wal_index_file_format">WAL-mode File
 *     Format, 2</a>
 */
public final class WalIndexLayout {

  public static final int REGION_SIZE = 32768;

  public static final int HEADER_SIZE = 48;
  public static final int VERSION = 0;
  public static final int CHANGE = 8;
  public static final int INITIALIZED = 12;
  public static final int BIG_ENDIAN = 13;
  public static final int PAGE_SIZE = 14;
  public static final int MAX_FRAME = 16;
  public static final int PAGE_COUNT = 20;
  public static final int FRAME_CHECKSUM = 24;
  public static final int SALT = 32;
  public static final int CHECKSUM = 40;

  public static final int BACKFILLED = 96;
  public static final int READ_MARK = 100;
  public static final int READ_MARKS = 5;
  public static final int READ_MARK_NOT_USED = 0xffff_ffff;
  public static final int LOCKS = 120;
  public static final int BACKFILL_ATTEMPTED = 128;
  public static final int FIRST_PAGE_NUMBERS = 136;

  public static final int HASH_TABLE = 16384;
  public static final int HASH_SLOTS = 8192;
  public static final int REGION_FRAMES = 4096;
  public static final int FIRST_REGION_FRAMES = REGION_FRAMES - FIRST_PAGE_NUMBERS / 4;

  /** The byte beside the locks that says whether any process has the file open. */
  public static final int OPEN_LOCK = 128;

  private WalIndexLayout() {}

  /** The region of a frame, counted from 1. */
  public static int region(int frame) {
    return (frame + REGION_FRAMES - FIRST_REGION_FRAMES - 1) / REGION_FRAMES;
  }

  /** The place of a frame within its region, from 1. */
  public static int place(int frame) {
    return frame <= FIRST_REGION_FRAMES
        ? frame
        : (frame - FIRST_REGION_FRAMES - 1) % REGION_FRAMES + 1;
  }

  /** Where in a region the page number of a place is. */
  public static int pageNumberOffset(int region, int place) {
    return (region == 0 ? FIRST_PAGE_NUMBERS : 0) + (place - 1) * 4;
  }

  /** The first slot to look at for a page. */
  public static int slot(int page) {
    return page * 383 & HASH_SLOTS - 1;
  }

  /** The slot to look at next. */
  public static int nextSlot(int slot) {
    return slot + 1 & HASH_SLOTS - 1;
  }
}
