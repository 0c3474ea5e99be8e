package dev.turso.vfs;

import java.lang.foreign.MemorySegment;

/**
 * An open file.
 *
 * <p>Thread-safe; an interrupt of the calling thread neither fails nor closes anything. Failures are
 * {@link dev.turso.error.IoException}. Locks are of this handle, conflict with those of other handles
 * and processes, and end with the handle at the latest.
 */
public interface FileHandle extends AutoCloseable {

  /** Reads up to {@code length} bytes; fewer only at the end of the file. Returns how many. */
  int read(long position, byte[] into, int offset, int length);

  /** Writes all the bytes, growing the file as needed. Durable only after {@link #sync}. */
  void write(long position, byte[] from, int offset, int length);

  /** Cuts the file, or grows it by zeros. */
  void truncate(long size);

  /** The size in bytes. */
  long size();

  /** Returns when everything written so far survives a power cut. */
  void sync();

  /**
   * Tries to lock a byte range, without waiting. The range must not overlap one that this handle has
   * locked.
   *
   * @return false if somebody else holds a conflicting lock
   */
  boolean tryLock(long position, long length, LockKind kind);

  /** Gives up a lock taken on exactly this range. */
  void unlock(long position, long length);

  /**
   * Maps a part of the file into memory that all processes mapping it share, growing the file by
   * zeros if it is too short. The segment must not be used after the handle is closed.
   */
  MemorySegment map(long position, long length);

  @Override
  void close();
}
