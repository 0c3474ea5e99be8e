package dev.turso.vfs;

import java.lang.foreign.MemorySegment;

/** Another open file, all of it: a test overrides what it changes. */
public abstract class ForwardingFileHandle implements FileHandle {

  protected final FileHandle file;

  protected ForwardingFileHandle(FileHandle file) {
    this.file = file;
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) {
    return file.read(position, into, offset, length);
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) {
    file.write(position, from, offset, length);
  }

  @Override
  public void truncate(long size) {
    file.truncate(size);
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public void sync() {
    file.sync();
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
