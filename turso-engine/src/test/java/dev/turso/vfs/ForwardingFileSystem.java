package dev.turso.vfs;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Another file system, all of it: a test overrides what it changes. */
public abstract class ForwardingFileSystem implements FileSystem {

  protected final FileSystem files;

  protected ForwardingFileSystem(FileSystem files) {
    this.files = files;
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
  public boolean mayCreate(String path) {
    return files.mayCreate(path);
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
  public Executor background(String name) {
    return files.background(name);
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
