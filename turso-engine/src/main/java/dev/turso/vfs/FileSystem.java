package dev.turso.vfs;

import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Where databases live. The only seam between the engine and the operating system.
 *
 * <p>Thread-safe. Failures are {@link dev.turso.error.IoException}.
 */
public interface FileSystem {

  /**
   * A key that is equal for two paths exactly if they lead to the same existing file, and that an
   * open file keeps. A path that leads nowhere has a key made of its absolute name.
   */
  String identity(String path);

  /** The absolute path with links resolved, from which the names of side files are made. */
  String canonical(String path);

  /** Opens a file. A file that is already open in this JVM is refused. */
  FileHandle open(String path, OpenMode mode);

  /**
   * Opens a file without a name for what does not outlive its handle. Here it is in memory; real disks
   * have a place for such files.
   */
  default FileHandle openTemporary() {
    return new MemoryFileSystem().open("temporary", OpenMode.CREATE);
  }

  /** Whether there is a file of that name. */
  boolean exists(String path);

  /** Whether this process has the right to make a file of that name. Asked where it could not. */
  default boolean mayCreate(String path) {
    return true;
  }

  /** Deletes a file if it exists. The deletion is durable after {@link #syncDirectory}. */
  void delete(String path);

  /**
   * Where the work runs that a database file needs and nobody waits for. Here that is at once, on the
   * thread that asks, so that a disk in a test sees the same calls in the same order every time; real
   * disks have a thread for it.
   *
   * @param name for the thread
   */
  default Executor background(String name) {
    return Runnable::run;
  }

  /** Makes creations and deletions beside the given file durable, where the platform can. */
  void syncDirectory(String path);

  /**
   * Where one opening of a database takes salts, epochs and names from. Only what is written depends on
   * it, so that a file system of a test may give the same numbers each time.
   */
  default RandomGenerator random() {
    return new SplittableRandom();
  }
}
