package dev.turso.format;

import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import java.util.Arrays;

/**
 * The layout of the first 100 bytes of a database.
 *
 * <pre>
 *    0 16 "SQLite format 3\0"             52  4 largest root page, not 0 = auto-vacuum
 *   16  2 page size, 1 = 65536            56  4 text encoding: 1 UTF-8, 2 UTF-16le, 3 UTF-16be
 *   18  1 write version: 1 journal, 2 WAL 60  4 user version
 *   19  1 read version: likewise          64  4 not 0 = incremental vacuum
 *   20  1 reserved bytes per page         68  4 application id
 *   21  3 payload fractions 64, 32, 32    72 20 zeros
 *   24  4 change counter                  92  4 change counter for which 28 and 96 are valid
 *   28  4 size in pages                   96  4 version number of the library that wrote last
 *   32  4 first trunk page of free list
 *   36  4 number of free pages
 *   40  4 schema cookie
 *   44  4 schema format, 4
 *   48  4 suggested cache size
 * </pre>
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#the_database_header">File format, 1.3</a>
 */
public final class DatabaseHeader {

  public static final int SIZE = 100;

  public static final int PAGE_SIZE = 16;
  public static final int WRITE_VERSION = 18;
  public static final int READ_VERSION = 19;
  public static final int RESERVED_BYTES = 20;
  public static final int PAYLOAD_FRACTIONS = 21;
  public static final int CHANGE_COUNTER = 24;
  public static final int PAGE_COUNT = 28;
  public static final int FIRST_FREE_TRUNK = 32;
  public static final int FREE_PAGE_COUNT = 36;
  public static final int SCHEMA_COOKIE = 40;
  public static final int SCHEMA_FORMAT = 44;
  public static final int DEFAULT_CACHE_SIZE = 48;
  public static final int LARGEST_ROOT_PAGE = 52;
  public static final int TEXT_ENCODING = 56;
  public static final int USER_VERSION = 60;
  public static final int INCREMENTAL_VACUUM = 64;
  public static final int APPLICATION_ID = 68;
  public static final int VERSION_VALID_FOR = 92;
  public static final int LIBRARY_VERSION = 96;

  public static final int ROLLBACK_JOURNAL = 1;
  public static final int WRITE_AHEAD_LOG = 2;

  /** The level of SQLite whose file features this engine writes. */
  public static final int OUR_LIBRARY_VERSION = 3_054_001;

  private static final byte[] MAGIC = {
    'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0
  };

  private DatabaseHeader() {}

  /** The first page of a new database: this header and an empty table leaf, the schema. */
  public static byte[] newDatabase(int pageSize, int reservedBytes, int journalVersion) {
    byte[] page = new byte[pageSize];
    putMagic(page);
    Bytes.put16(page, PAGE_SIZE, pageSize == 65536 ? 1 : pageSize);
    page[WRITE_VERSION] = (byte) journalVersion;
    page[READ_VERSION] = (byte) journalVersion;
    page[RESERVED_BYTES] = (byte) reservedBytes;
    page[PAYLOAD_FRACTIONS] = 64;
    page[PAYLOAD_FRACTIONS + 1] = 32;
    page[PAYLOAD_FRACTIONS + 2] = 32;
    Bytes.put32(page, CHANGE_COUNTER, 1);
    Bytes.put32(page, PAGE_COUNT, 1);
    Bytes.put32(page, SCHEMA_FORMAT, 4);
    Bytes.put32(page, TEXT_ENCODING, 1);
    Bytes.put32(page, VERSION_VALID_FOR, 1);
    Bytes.put32(page, LIBRARY_VERSION, OUR_LIBRARY_VERSION);
    page[SIZE + BTreePage.KIND] = BTreePage.LEAF_TABLE;
    Bytes.put16(page, SIZE + BTreePage.CONTENT_START, pageSize - reservedBytes);
    return page;
  }

  /** Writes the sixteen bytes that a database starts with. */
  public static void putMagic(byte[] page) {
    System.arraycopy(MAGIC, 0, page, 0, MAGIC.length);
  }

  /** Whether the bytes start as a database does. */
  public static boolean hasMagic(byte[] header) {
    return Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** Fails unless the bytes start a database that this engine can read. */
  public static void check(byte[] header) {
    if (!hasMagic(header)) {
      throw notADatabase();
    }
    int size = pageSize(header);
    boolean power = size >= 512 && size <= 65536 && Integer.bitCount(size) == 1;
    if (!power
        || size - (header[RESERVED_BYTES] & 0xff) < 480
        || header[READ_VERSION] > WRITE_AHEAD_LOG
        || header[PAYLOAD_FRACTIONS] != 64
        || header[PAYLOAD_FRACTIONS + 1] != 32
        || header[PAYLOAD_FRACTIONS + 2] != 32) {
      throw notADatabase();
    }
  }

  private static CorruptException notADatabase() {
    return new CorruptException(ResultCode.NOTADB, "file is not a database");
  }

  public static int pageSize(byte[] header) {
    int size = Bytes.u16(header, PAGE_SIZE);
    return size == 1 ? 65536 : size;
  }

  public static int usableSize(byte[] header) {
    return pageSize(header) - (header[RESERVED_BYTES] & 0xff);
  }

  public static boolean isWriteAheadLog(byte[] header) {
    return header[READ_VERSION] == WRITE_AHEAD_LOG;
  }

  /** The size in pages as the header has it, or 0 if an old library left it out of date. */
  public static int pageCount(byte[] header) {
    boolean valid = Bytes.i32(header, CHANGE_COUNTER) == Bytes.i32(header, VERSION_VALID_FOR);
    return valid ? Bytes.i32(header, PAGE_COUNT) : 0;
  }

  /** Notes one more commit that left the database at a size. */
  public static void noteCommit(byte[] header, int pageCount) {
    int counter = Bytes.i32(header, CHANGE_COUNTER) + 1;
    Bytes.put32(header, CHANGE_COUNTER, counter);
    Bytes.put32(header, PAGE_COUNT, pageCount);
    Bytes.put32(header, VERSION_VALID_FOR, counter);
    Bytes.put32(header, LIBRARY_VERSION, OUR_LIBRARY_VERSION);
  }
}
