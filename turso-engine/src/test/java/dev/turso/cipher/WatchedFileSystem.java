package dev.turso.cipher;

import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.LockKind;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.OpenMode;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A disk in memory that looks for words in whatever is written to it: in database files, logs,
 * journals and temporary files, also in bytes that are overwritten or deleted later.
 */
public final class WatchedFileSystem implements FileSystem {

  private final FileSystem files = new MemoryFileSystem();
  private final List<byte[]> words = new ArrayList<>();
  private final Set<String> kinds = new TreeSet<>();
  private final Set<String> found = new TreeSet<>();
  private long bytes;

  public WatchedFileSystem(String... words) {
    for (String each : words) {
      this.words.add(each.getBytes(StandardCharsets.UTF_8));
      this.words.add(each.getBytes(StandardCharsets.UTF_16LE));
    }
  }

  /** Where words were found: the end of the file's name, and the word. */
  public synchronized Set<String> found() {
    return found;
  }

  /** The kinds of files that were written to: {@code db}, {@code -wal}, {@code temporary} and so on. */
  public synchronized Set<String> kinds() {
    return kinds;
  }

  public synchronized long bytes() {
    return bytes;
  }

  private synchronized void look(String name, byte[] from, int offset, int length) {
    bytes += length;
    int dash = name.lastIndexOf('-');
    String kind = name.equals("temporary") ? name : dash < 0 ? "db" : name.substring(dash);
    kinds.add(kind);
    for (byte[] word : words) {
      for (int i = offset; i <= offset + length - word.length; i++) {
        if (matches(from, i, word)) {
          found.add(kind + " " + new String(word, StandardCharsets.UTF_8));
          break;
        }
      }
    }
  }

  private static boolean matches(byte[] in, int at, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (in[at + i] != word[i]) {
        return false;
      }
    }
    return true;
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
    return new Watched(path, files.open(path, mode));
  }

  @Override
  public FileHandle openTemporary() {
    return new Watched("temporary", files.openTemporary());
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

  private final class Watched implements FileHandle {

    private final String name;
    private final FileHandle file;

    Watched(String name, FileHandle file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      return file.read(position, into, offset, length);
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
      look(name, from, offset, length);
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
}
