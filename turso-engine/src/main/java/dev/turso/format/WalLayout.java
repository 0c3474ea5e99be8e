package dev.turso.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The layout of a write-ahead log; all numbers are big-endian.
 *
 * <pre>
 *   header                                  frame, after the header and after each other
 *    0  4 magic, last bit: checksums        0  4 page number
 *         over big-endian words             4  4 size of the database in pages after the commit,
 *    4  4 version 3007000                        0 = not the last frame of a commit
 *    8  4 page size                         8  8 the header's salts
 *   12  4 checkpoint sequence number       16  8 checksum of the header and all frames so far:
 *   16  8 salts                                 of each frame the first 8 bytes and the page
 *   24  8 checksum of the first 24 bytes   24    the page
 * </pre>
 *
 * <p>A frame counts if its salts and checksum are right and a commit frame follows or is it.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#walformat">File format, 4.1</a>
 */
public final class WalLayout {

  public static final int HEADER_SIZE = 32;
  public static final int MAGIC = 0;
  public static final int VERSION = 4;
  public static final int PAGE_SIZE = 8;
  public static final int SEQUENCE = 12;
  public static final int SALT = 16;
  public static final int CHECKSUM = 24;

  public static final int FRAME_HEADER_SIZE = 24;
  public static final int FRAME_PAGE = 0;
  public static final int FRAME_COMMIT_SIZE = 4;
  public static final int FRAME_SALT = 8;
  public static final int FRAME_CHECKSUM = 16;

  public static final int MAGIC_LITTLE_ENDIAN = 0x377f0682;
  public static final int MAGIC_BIG_ENDIAN = 0x377f0683;
  public static final int CURRENT_VERSION = 3_007_000;

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private WalLayout() {}

  /** Where a frame, counted from 1, starts in the log. */
  public static long frameOffset(int frame, int pageSize) {
    return HEADER_SIZE + (frame - 1L) * (FRAME_HEADER_SIZE + pageSize);
  }

  /**
   * Continues a checksum over bytes, a multiple of eight.
   *
   * @param state the checksum so far, first word in the low half; 0 to start
   * @param bigEndian how the words of the bytes are read
   */
  public static long checksum(long state, byte[] bytes, int from, int length, boolean bigEndian) {
    return bigEndian
        ? checksumBig(state, bytes, from, length)
        : checksumLittle(state, bytes, from, length);
  }

  /*
   * What each word waits for is one addition alone, the other's result: written as s0 += word + s1 a page
   * takes half as long again.
   */

  private static long checksumLittle(long state, byte[] bytes, int from, int length) {
    int s0 = (int) state;
    int s1 = (int) (state >>> 32);
    for (int i = from, end = from + length; i < end; i += 8) {
      long pair = (long) LITTLE.get(bytes, i);
      s0 = s0 + (int) pair + s1;
      s1 = s1 + (int) (pair >>> 32) + s0;
    }
    return pack(s0, s1);
  }

  private static long checksumBig(long state, byte[] bytes, int from, int length) {
    int s0 = (int) state;
    int s1 = (int) (state >>> 32);
    for (int i = from, end = from + length; i < end; i += 8) {
      long pair = (long) BIG.get(bytes, i);
      s0 = s0 + (int) (pair >>> 32) + s1;
      s1 = s1 + (int) pair + s0;
    }
    return pack(s0, s1);
  }

  /** Both words of a checksum in one number, the first in the low half. */
  public static long pack(int first, int second) {
    return first & 0xffff_ffffL | (long) second << 32;
  }

  /** Reads a checksum as the file keeps it. */
  public static long readChecksum(byte[] bytes, int at) {
    return pack(Bytes.i32(bytes, at), Bytes.i32(bytes, at + 4));
  }

  /** Writes a checksum as the file keeps it. */
  public static void putChecksum(byte[] bytes, int at, long checksum) {
    Bytes.put32(bytes, at, (int) checksum);
    Bytes.put32(bytes, at + 4, (int) (checksum >>> 32));
  }
}
