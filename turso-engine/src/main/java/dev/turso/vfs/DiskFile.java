package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of the machine, one descriptor for everything but syncs.
 *
 * <p>Invariant V2 of the package: no method here may call an operation of the channel other than
 * {@code tryLock} and {@code FileLock.release} on the caller's thread.
 */
final class DiskFile implements FileHandle {

  private static final long UNKNOWN = -1;
  private static final boolean MAPPED_FILES_STAY = File.separatorChar == '\\';
  private static final byte[] ZEROS = new byte[1 << 15];

  /** A disk with less room than a page is full. */
  private static final long LEAST_SPACE = 4096;

  private final String path;
  private final String identity;
  private final RandomAccessFile file;
  private final FileChannel channel;
  private final DataSync dataSync;
  private final Map<Long, FileLock> locks = new HashMap<>();
  private @Nullable Arena mappings;
  private boolean closed;

  /** Where the descriptor stands, so that appending needs no seek; -1 = unknown. */
  private long offset = UNKNOWN;

  DiskFile(String path, String identity, RandomAccessFile file) {
    this.path = path;
    this.identity = identity;
    this.file = file;
    this.channel = file.getChannel();
    this.dataSync = new DataSync(path, identity, file);
  }

  @Override
  public int read(long position, byte[] into, int start, int length) {
    try {
      synchronized (file) {
        seek(position);
        int done = 0;
        while (done < length) {
          int n = file.read(into, start + done, length - done);
          if (n <= 0) {
            break;
          }
          done += n;
        }
        offset = position + done;
        return done;
      }
    } catch (IOException e) {
      throw failed(ResultCode.IOERR_READ, e);
    }
  }

  @Override
  public void write(long position, byte[] from, int start, int length) {
    try {
      synchronized (file) {
        seek(position);
        file.write(from, start, length);
        offset = position + length;
      }
    } catch (IOException e) {
      throw failed(writeCode(e), e);
    }
  }

  /** The offset is unknown until what follows has succeeded. */
  private void seek(long position) throws IOException {
    if (offset != position) {
      file.seek(position);
    }
    offset = UNKNOWN;
  }

  /** The platform tells why in words of the user's language: so the room that is left is looked at. */
  private ResultCode writeCode(IOException e) {
    String message = e.getMessage();
    boolean full = message != null && message.contains("No space left");
    return full || new File(path).getUsableSpace() < LEAST_SPACE
        ? ResultCode.FULL
        : ResultCode.IOERR_WRITE;
  }

  @Override
  public void truncate(long size) {
    try {
      synchronized (file) {
        offset = UNKNOWN;
        file.setLength(size);
      }
    } catch (IOException e) {
      throw failed(ResultCode.IOERR_TRUNCATE, e);
    }
  }

  @Override
  public long size() {
    try {
      return file.length();
    } catch (IOException e) {
      throw failed(ResultCode.IOERR_FSTAT, e);
    }
  }

  @Override
  public void sync() {
    try {
      dataSync.sync();
    } catch (IOException e) {
      throw failed(ResultCode.IOERR_FSYNC, e);
    }
  }

  @Override
  public boolean tryLock(long position, long length, LockKind kind) {
    synchronized (locks) {
      try {
        FileLock lock = channel.tryLock(position, length, kind == LockKind.SHARED);
        if (lock == null) {
          return false;
        }
        locks.put(position, lock);
        return true;
      } catch (IOException e) {
        throw failed(ResultCode.IOERR_LOCK, e);
      }
    }
  }

  @Override
  public void unlock(long position, long length) {
    synchronized (locks) {
      FileLock lock = locks.remove(position);
      if (lock == null || lock.size() != length) {
        throw new IllegalStateException("no lock of " + length + " bytes at " + position);
      }
      try {
        lock.release();
      } catch (IOException e) {
        throw failed(ResultCode.IOERR_UNLOCK, e);
      }
    }
  }

  @Override
  public MemorySegment map(long position, long length) {
    synchronized (file) {
      allocate(position + length);
      Arena owner = arenaOfMappings();
      return OwnThread.run(
          "mapping of " + path,
          () -> channel.map(FileChannel.MapMode.READ_WRITE, position, length, owner));
    }
  }

  /**
   * To close a shared arena waits for every thread of the JVM to pass a safepoint: on a busy machine
   * milliseconds, half of the time that opening and closing a database took. So the mapping is left to
   * the collector, but where a mapped file cannot be deleted.
   */
  private Arena arenaOfMappings() {
    if (!MAPPED_FILES_STAY) {
      return Arena.ofAuto();
    }
    Arena arena = mappings;
    if (arena == null) {
      arena = Arena.ofShared();
      mappings = arena;
    }
    return arena;
  }

  /** Really writes the new bytes: a hole that the disk cannot fill later would kill the process. */
  private void allocate(long size) {
    for (long end = size(); end < size; ) {
      int chunk = (int) Math.min(ZEROS.length - end % ZEROS.length, size - end);
      write(end, ZEROS, 0, chunk);
      end += chunk;
    }
  }

  @Override
  public void close() {
    synchronized (file) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        if (mappings != null) {
          mappings.close();
        }
      } finally {
        closeDescriptor();
      }
    }
  }

  private void closeDescriptor() {
    try {
      OpenFiles.leave(identity, this::closeBoth);
    } catch (IOException e) {
      throw failed(ResultCode.IOERR, e);
    }
  }

  private void closeBoth() throws IOException {
    try {
      dataSync.close();
    } finally {
      file.close();
    }
  }

  private IoException failed(ResultCode code, IOException e) {
    String what = code == ResultCode.FULL ? "database or disk is full" : "disk I/O error";
    return new IoException(code, what + ": " + path + ": " + e.getMessage(), e);
  }
}
