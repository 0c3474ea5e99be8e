package dev.turso.exec.operator;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.exec.TemporarySpace;
import dev.turso.vfs.FileHandle;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a temporary file: written at its end, read anywhere.
 *
 * <p>Who reads from front to back gets them from a window of the file. A window is never written to
 * again, so that what was read from it stays as it is. Not thread-safe.
 */
final class SpilledBytes {

  /** Readers of integers look at so many bytes before them. */
  static final int MARGIN = 8;

  private static final int WINDOW = 1 << 16;
  private static final int NEARBY = 1 << 12;

  private final FileHandle file;
  private long size;
  private byte[] window = {};
  private long windowStart;
  private int windowLength;
  private long lastEnd;

  private int foundAt;

  SpilledBytes(TemporarySpace space) {
    this.file = space.open();
  }

  /** Appends bytes and returns where they start. */
  long append(byte[] from, int offset, int length) {
    long start = size;
    file.write(start, from, offset, length);
    size = start + length;
    return start;
  }

  long size() {
    return size;
  }

  /** An array that holds bytes of the file, with a margin before them; they are at {@link #at}. */
  byte[] find(long position, int length) {
    long from = Math.max(0, position - MARGIN);
    int wanted = (int) (position - from) + length;
    if (from >= windowStart && position + length <= windowStart + windowLength) {
      foundAt = (int) (position - windowStart);
      lastEnd = position + length;
      return window;
    }
    boolean follows = position >= lastEnd && position - lastEnd < NEARBY;
    lastEnd = position + length;
    foundAt = (int) (position - from);
    if (!follows) {
      byte[] single = new byte[wanted];
      readFully(from, single, wanted);
      return single;
    }
    int n = (int) Math.min(Math.max(wanted, WINDOW), size - from);
    window = new byte[n];
    windowStart = from;
    windowLength = n;
    readFully(from, window, n);
    return window;
  }

  /** Where in the array found last the bytes are. */
  int at() {
    return foundAt;
  }

  /** Reads exactly so many bytes. */
  void readFully(long position, byte[] into, int length) {
    readFully(position, into, 0, length);
  }

  void readFully(long position, byte[] into, int offset, int length) {
    if (file.read(position, into, offset, length) < length) {
      throw new IoException(
          ResultCode.IOERR_SHORT_READ, "disk I/O error: a file of spilled rows ends early");
    }
  }

  /** Gives the file up. */
  void close() {
    file.close();
  }

  static void close(@Nullable SpilledBytes bytes) {
    if (bytes != null) {
      bytes.close();
    }
  }
}
