package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;

/**
 * Files in memory whose operations can be made to fail.
 *
 * <p>Fault model. Every open, read, write, truncation, sync, deletion and directory sync is a call,
 * counted from 1. The call chosen by {@link #failAt} throws, and so do the next ones as many times as
 * said; nothing of a failed call has happened, but of a failed write a part may have: the first half
 * of the bytes. A full disk fails only what makes a file longer. Locks and mapped memory do not fail.
 */
public final class FaultyFileSystem extends ForwardingFileSystem {

  /** What goes wrong. */
  public enum Fault {
    IO_ERROR,
    DISK_FULL
  }

  private int calls;
  private int failAt = Integer.MAX_VALUE;
  private int times;
  private Fault fault = Fault.IO_ERROR;
  private int failures;

  public FaultyFileSystem(MemoryFileSystem files) {
    super(files);
  }

  /** How many calls there were. */
  public synchronized int calls() {
    return calls;
  }

  /** How many calls have failed. */
  public synchronized int failures() {
    return failures;
  }

  /** Lets the call of this number fail, and as many more as to make it so many. */
  public synchronized void failAt(int call, int howOften, Fault what) {
    failAt = call;
    times = howOften;
    fault = what;
    calls = 0;
    failures = 0;
  }

  /** Nothing fails any more. */
  public synchronized void heal() {
    failAt = Integer.MAX_VALUE;
  }

  private synchronized boolean fails(boolean grows) {
    calls++;
    boolean now = calls >= failAt && calls - failAt < times;
    if (!now || fault == Fault.DISK_FULL && !grows) {
      return false;
    }
    failures++;
    return true;
  }

  private void check(ResultCode code) {
    if (fails(false)) {
      throw new IoException(code, "disk I/O error: injected");
    }
  }

  @Override
  public FileHandle open(String path, OpenMode mode) {
    if (fails(mode == OpenMode.CREATE && !files.exists(path))) {
      throw new IoException(ResultCode.CANTOPEN, "unable to open database file: " + path);
    }
    return new Handle(files.open(path, mode));
  }

  @Override
  public void delete(String path) {
    check(ResultCode.IOERR_DELETE);
    files.delete(path);
  }

  @Override
  public void syncDirectory(String path) {
    check(ResultCode.IOERR_DIR_FSYNC);
  }

  private final class Handle extends ForwardingFileHandle {

    Handle(FileHandle file) {
      super(file);
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      check(ResultCode.IOERR_READ);
      return file.read(position, into, offset, length);
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
      if (fails(position + length > file.size())) {
        file.write(position, from, offset, length / 2);
        throw fault == Fault.DISK_FULL
            ? new IoException(ResultCode.FULL, "database or disk is full: injected")
            : new IoException(ResultCode.IOERR_WRITE, "disk I/O error: injected");
      }
      file.write(position, from, offset, length);
    }

    @Override
    public void truncate(long size) {
      check(ResultCode.IOERR_TRUNCATE);
      file.truncate(size);
    }

    @Override
    public void sync() {
      check(ResultCode.IOERR_FSYNC);
      file.sync();
    }
  }
}
