package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A simulated disk as one process sees it: a file is open once in it, and its locks are its own.
 *
 * <p>A watch sees each call before it happens and can make it fail. A process that was killed does
 * nothing any more: its calls throw {@link Killed}, its locks are gone, and what it had written stays.
 */
public final class SimulatedProcess implements FileSystem {

  /** The calls that a watch sees. */
  public enum Call {
    OPEN,
    READ,
    WRITE,
    TRUNCATE,
    SYNC,
    DELETE,
    SYNC_DIRECTORY,
    LOCK,
    UNLOCK,
    CLOSE
  }

  /** Sees the calls of a process. */
  @FunctionalInterface
  public interface Watch {

    /**
     * Called before each call, without the monitor of the disk.
     *
     * @param grows whether the call needs room on the disk
     * @return what the call throws: a write after writing its first half, others having done nothing;
     *     null to let it happen
     */
    @Nullable RuntimeException before(
        Call call, String path, long position, long length, boolean grows);
  }

  /** The process is no more. */
  public static final class Killed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Thrown in the call at which a process ends, and by all that its threads still try. */
    public Killed() {
      super("the process was killed", null, false, false);
    }
  }

  private final SimulatedFileSystem disk;
  private final List<Handle> handles = new ArrayList<>();
  private @Nullable Watch watch;
  private Executor background = Runnable::run;
  private volatile boolean dead;

  SimulatedProcess(SimulatedFileSystem disk) {
    this.disk = disk;
  }

  /** Has all later calls seen by a watch. */
  public void watch(Watch by) {
    watch = by;
  }

  /** Has work that nobody waits for done by somebody else than the thread that asks. */
  public void background(Executor by) {
    background = by;
  }

  /** Ends the process as kill -9 does. */
  public void kill() {
    synchronized (disk) {
      dead = true;
      for (Handle each : handles) {
        each.file.unlockAll(each);
      }
      handles.clear();
    }
  }

  private @Nullable RuntimeException before(
      Call call, String path, long position, long length, boolean grows) {
    checkAlive();
    Watch by = watch;
    RuntimeException failure = by == null ? null : by.before(call, path, position, length, grows);
    checkAlive();
    if (failure instanceof Killed && call != Call.WRITE) {
      kill();
    }
    return failure;
  }

  private void checkAlive() {
    if (dead) {
      throw new Killed();
    }
  }

  private void check(Call call, String path, long position) {
    RuntimeException failure = before(call, path, position, 0, false);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public String identity(String path) {
    return path;
  }

  @Override
  public String canonical(String path) {
    return path;
  }

  @Override
  public FileHandle open(String path, OpenMode mode) {
    boolean grows = mode == OpenMode.CREATE && !exists(path);
    RuntimeException failure = before(Call.OPEN, path, 0, 0, grows);
    if (failure != null) {
      throw failure;
    }
    synchronized (disk) {
      disk.checkPower();
      SimulatedFile file = disk.find(path);
      if (file == null) {
        if (mode != OpenMode.CREATE) {
          throw new IoException(ResultCode.CANTOPEN, "unable to open database file: " + path);
        }
        file = disk.create(path);
      }
      for (Handle each : handles) {
        if (each.file == file) {
          throw new IllegalStateException(path + " is already open");
        }
      }
      Handle handle = new Handle(path, file);
      handles.add(handle);
      return handle;
    }
  }

  @Override
  public Executor background(String name) {
    return background;
  }

  @Override
  public boolean exists(String path) {
    checkAlive();
    synchronized (disk) {
      return disk.find(path) != null;
    }
  }

  @Override
  public void delete(String path) {
    check(Call.DELETE, path, 0);
    synchronized (disk) {
      boolean on = disk.pass();
      disk.remove(path);
      disk.between(on);
    }
  }

  @Override
  public void syncDirectory(String path) {
    check(Call.SYNC_DIRECTORY, path, 0);
    synchronized (disk) {
      disk.between(disk.pass());
      disk.makeNamesDurable();
    }
  }

  private final class Handle implements FileHandle {

    final String path;
    final SimulatedFile file;

    Handle(String path, SimulatedFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      RuntimeException failure = before(Call.READ, path, position, length, false);
      if (failure != null) {
        throw failure;
      }
      synchronized (disk) {
        return file.read(position, into, offset, length);
      }
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
      boolean grows = position + length > size();
      RuntimeException failure = before(Call.WRITE, path, position, length, grows);
      synchronized (disk) {
        boolean on = disk.pass();
        file.write(position, from, offset, failure == null ? length : length / 2);
        disk.between(on);
      }
      if (failure instanceof Killed) {
        kill();
      }
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void truncate(long size) {
      check(Call.TRUNCATE, path, size);
      synchronized (disk) {
        boolean on = disk.pass();
        file.truncate(size);
        disk.between(on);
      }
    }

    @Override
    public long size() {
      checkAlive();
      synchronized (disk) {
        return file.size();
      }
    }

    @Override
    public void sync() {
      RuntimeException failure = before(Call.SYNC, path, 0, 0, false);
      synchronized (disk) {
        if (failure != null) {
          if (!(failure instanceof Killed)) {
            file.failSync();
          }
          throw failure;
        }
        disk.between(disk.pass());
        if (disk.nextSyncFails()) {
          file.failSync();
          throw new IoException(ResultCode.IOERR_FSYNC, "disk I/O error: simulated");
        }
        file.sync();
      }
    }

    @Override
    public boolean tryLock(long position, long length, LockKind kind) {
      check(Call.LOCK, path, position);
      synchronized (disk) {
        return file.tryLock(this, position, length, kind);
      }
    }

    /** A thread of a killed process that still runs finds its locks gone. */
    @Override
    public void unlock(long position, long length) {
      if (dead) {
        return;
      }
      check(Call.UNLOCK, path, position);
      synchronized (disk) {
        if (!file.unlock(this, position, length)) {
          throw new IllegalStateException("no lock of " + length + " bytes at " + position);
        }
      }
    }

    @Override
    public MemorySegment map(long position, long length) {
      checkAlive();
      synchronized (disk) {
        return file.map(position, length);
      }
    }

    @Override
    public void close() {
      if (!dead) {
        check(Call.CLOSE, path, 0);
      }
      synchronized (disk) {
        file.unlockAll(this);
        handles.remove(this);
      }
    }
  }
}
