package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that live as long as this object does.
 *
 * <p>Unlike on disk a file may be opened several times: each handle behaves as another process would,
 * with locks of its own. Thread-safe by one monitor.
 */
public final class MemoryFileSystem implements FileSystem {

  private final Map<String, Content> files = new HashMap<>();

  @Override
  public String identity(String path) {
    return path;
  }

  @Override
  public String canonical(String path) {
    return path;
  }

  @Override
  public synchronized FileHandle open(String path, OpenMode mode) {
    Content content = files.get(path);
    if (content == null) {
      if (mode != OpenMode.CREATE) {
        throw new IoException(ResultCode.CANTOPEN, "unable to open database file: " + path);
      }
      content = new Content();
      files.put(path, content);
    }
    return new Handle(content);
  }

  @Override
  public synchronized boolean exists(String path) {
    return files.containsKey(path);
  }

  @Override
  public synchronized void delete(String path) {
    files.remove(path);
  }

  @Override
  public void syncDirectory(String path) {}

  /** What all handles of a file share. */
  private static final class Content {
    byte[] bytes = new byte[0];
    long size;
    final List<Lock> locks = new ArrayList<>();
    final Map<Long, MemorySegment> mappings = new HashMap<>();

    void resize(long newSize) {
      if (newSize > Integer.MAX_VALUE - 16) {
        throw full(null);
      }
      if (newSize > bytes.length) {
        try {
          bytes = Arrays.copyOf(bytes, (int) Math.max(newSize, Math.min(size * 2, 1 << 30)));
        } catch (OutOfMemoryError e) {
          throw full(e);
        }
      } else if (newSize < size) {
        Arrays.fill(bytes, (int) newSize, (int) size, (byte) 0);
      }
      size = newSize;
      mappings.entrySet().removeIf(m -> m.getKey() + m.getValue().byteSize() > newSize);
    }

    /** A damaged journal may ask for a file of any size. */
    private static IoException full(@Nullable Throwable cause) {
      return new IoException(ResultCode.FULL, "database or disk is full", cause);
    }
  }

  private record Lock(Handle owner, long position, long length, LockKind kind) {

    boolean conflicts(Handle other, long from, long bytes, LockKind wanted) {
      boolean overlap = position < from + bytes && from < position + length;
      return owner != other
          && overlap
          && (kind == LockKind.EXCLUSIVE || wanted == LockKind.EXCLUSIVE);
    }
  }

  private static final class Handle implements FileHandle {

    private final Content content;

    Handle(Content content) {
      this.content = content;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      synchronized (content) {
        int n = (int) Math.max(0, Math.min(length, content.size - position));
        System.arraycopy(content.bytes, (int) Math.min(position, content.size), into, offset, n);
        return n;
      }
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
      synchronized (content) {
        if (position + length > content.size) {
          content.resize(position + length);
        }
        System.arraycopy(from, offset, content.bytes, (int) position, length);
      }
    }

    @Override
    public void truncate(long size) {
      synchronized (content) {
        content.resize(size);
      }
    }

    @Override
    public long size() {
      synchronized (content) {
        return content.size;
      }
    }

    @Override
    public void sync() {}

    @Override
    public boolean tryLock(long position, long length, LockKind kind) {
      synchronized (content) {
        for (Lock lock : content.locks) {
          if (lock.conflicts(this, position, length, kind)) {
            return false;
          }
        }
        content.locks.add(new Lock(this, position, length, kind));
        return true;
      }
    }

    @Override
    public void unlock(long position, long length) {
      synchronized (content) {
        @Nullable Lock found = null;
        for (Lock lock : content.locks) {
          if (lock.owner == this && lock.position == position && lock.length == length) {
            found = lock;
          }
        }
        if (found == null) {
          throw new IllegalStateException("no lock of " + length + " bytes at " + position);
        }
        content.locks.remove(found);
      }
    }

    /** Mapped regions are memory beside the file: nobody reads a mapped file by other means. */
    @Override
    public MemorySegment map(long position, long length) {
      synchronized (content) {
        if (content.size < position + length) {
          content.resize(position + length);
        }
        return content.mappings.computeIfAbsent(
            position, p -> Arena.ofAuto().allocate(length, Long.BYTES));
      }
    }

    @Override
    public void close() {
      synchronized (content) {
        content.locks.removeIf(lock -> lock.owner == this);
      }
    }
  }
}
