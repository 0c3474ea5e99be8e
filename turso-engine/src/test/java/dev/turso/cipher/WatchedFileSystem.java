package dev.turso.cipher;

import dev.turso.vfs.FileHandle;
import dev.turso.vfs.ForwardingFileHandle;
import dev.turso.vfs.ForwardingFileSystem;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.OpenMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A disk in memory that looks for words in whatever is written to it: in database files, logs,
 * journals and temporary files, also in bytes that are overwritten or deleted later.
 */
public final class WatchedFileSystem extends ForwardingFileSystem {

  private final List<byte[]> words = new ArrayList<>();
  private final Set<String> kinds = new TreeSet<>();
  private final Set<String> found = new TreeSet<>();
  private long bytes;

  public WatchedFileSystem(String... words) {
    super(new MemoryFileSystem());
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
  public FileHandle open(String path, OpenMode mode) {
    return new Watched(path, files.open(path, mode));
  }

  @Override
  public FileHandle openTemporary() {
    return new Watched("temporary", files.openTemporary());
  }

  private final class Watched extends ForwardingFileHandle {

    private final String name;

    Watched(String name, FileHandle file) {
      super(file);
      this.name = name;
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
      look(name, from, offset, length);
      file.write(position, from, offset, length);
    }
  }
}
