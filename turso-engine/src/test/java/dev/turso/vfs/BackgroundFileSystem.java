package dev.turso.vfs;

import java.util.concurrent.Executor;

/**
 * Another file system whose background work runs where the test says: collected and run later, on a
 * thread, at once.
 */
public final class BackgroundFileSystem extends ForwardingFileSystem {

  private final Executor executor;

  /**
   * @param files where the files are
   * @param executor where the work runs
   */
  public BackgroundFileSystem(FileSystem files, Executor executor) {
    super(files);
    this.executor = executor;
  }

  @Override
  public Executor background(String name) {
    return executor;
  }
}
