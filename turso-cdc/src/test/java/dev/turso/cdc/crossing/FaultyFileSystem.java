package dev.turso.cdc.crossing;

import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.LockKind;
import dev.turso.vfs.OpenMode;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/** A file system that leaves out what an engine with a bug would leave out. */
final class FaultyFileSystem implements FileSystem {

  /** What may be left out. */
  enum Operation {
    WRITE,
    TRUNCATE,
    SYNC,
    DELETE,
    SYNC_DIRECTORY
  }

  /** Says which calls do nothing. */
  @FunctionalInterface
  interface Fault {

    /**
     * @param path of the file
     * @param count how many calls of this kind there were, this one included
     */
    boolean leavesOut(Operation operation, String path, int count);
  }

  private final FileSystem files;
  private final Fault fault;
  private final int[] counts = new int[Operation.values().length];

  private final RandomGenerator random;

  FaultyFileSystem(FileSystem files, Fault fault) {
    this(files, fault, files.random());
  }

  /**
   * @param random the numbers that the engine is given
   */
  FaultyFileSystem(FileSystem files, Fault fault, RandomGenerator random) {
    this.files = files;
    this.fault = fault;
    this.random = random;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  private boolean does(Operation operation, String path) {
    return !fault.leavesOut(operation, path, ++counts[operation.ordinal()]);
  }

  @Override
  public String identity(String path) {
    return files.identity(path);
  }

  @Override
  public String canonical(String path) {
    return files.canonical(path);
  }

  @Override
  public FileHandle open(String path, OpenMode mode) {
    return new FaultyFile(path, files.open(path, mode));
  }

  @Override
  public boolean exists(String path) {
    return files.exists(path);
  }

  @Override
  public void delete(String path) {
    if (does(Operation.DELETE, path)) {
      files.delete(path);
    }
  }

  @Override
  public void syncDirectory(String path) {
    if (does(Operation.SYNC_DIRECTORY, path)) {
      files.syncDirectory(path);
    }
  }

  private final class FaultyFile implements FileHandle {
    private final String path;
    private final FileHandle file;

    FaultyFile(String path, FileHandle file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      return file.read(position, into, offset, length);
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
      if (does(Operation.WRITE, path)) {
        file.write(position, from, offset, length);
      }
    }

    @Override
    public void truncate(long size) {
      if (does(Operation.TRUNCATE, path)) {
        file.truncate(size);
      }
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public void sync() {
      if (does(Operation.SYNC, path)) {
        file.sync();
      }
    }

    @Override
    public boolean tryLock(long position, long length, LockKind kind) {
      return file.tryLock(position, length, kind);
    }

    @Override
    public void unlock(long position, long length) {
      file.unlock(position, length);
    }

    @Override
    public MemorySegment map(long position, long length) {
      return file.map(position, length);
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
