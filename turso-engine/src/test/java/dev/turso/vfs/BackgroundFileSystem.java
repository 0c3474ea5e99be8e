package dev.turso.vfs;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Another file system whose background work runs where the test says: collected and run later, on a
 * thread, at once.
 *
 * @param files where the files are
 * @param executor where the work runs
 */
public record BackgroundFileSystem(FileSystem files, Executor executor) implements FileSystem {

  @Override
  public Executor background(String name) {
    return executor;
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
    return files.open(path, mode);
  }

  @Override
  public FileHandle openTemporary() {
    return files.openTemporary();
  }

  @Override
  public boolean exists(String path) {
    return files.exists(path);
  }

  @Override
  public void delete(String path) {
    files.delete(path);
  }

  @Override
  public void syncDirectory(String path) {
    files.syncDirectory(path);
  }

  @Override
  public RandomGenerator random() {
    return files.random();
  }
}
