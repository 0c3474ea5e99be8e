package dev.turso.cdc.crossing;

import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.ForwardingFileHandle;
import dev.turso.vfs.ForwardingFileSystem;
import dev.turso.vfs.OpenMode;
import java.util.random.RandomGenerator;

/** A file system that leaves out what an engine with a bug would leave out. */
final class FaultyFileSystem extends ForwardingFileSystem {

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
    super(files);
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
  public FileHandle open(String path, OpenMode mode) {
    return new FaultyFile(path, files.open(path, mode));
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

  private final class FaultyFile extends ForwardingFileHandle {
    private final String path;

    FaultyFile(String path, FileHandle file) {
      super(file);
      this.path = path;
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
    public void sync() {
      if (does(Operation.SYNC, path)) {
        file.sync();
      }
    }
  }
}
