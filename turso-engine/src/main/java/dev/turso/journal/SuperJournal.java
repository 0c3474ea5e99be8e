package dev.turso.journal;

import dev.turso.error.DatabaseException;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.OpenMode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The file that holds a commit over several databases together. It lists their journals, each of which
 * names it; while it exists all of them are hot, and when it goes none is: its deletion commits.
 *
 * @see <a href="https://www.sqlite.org/atomiccommit.html#_multi_file_commit">Atomic Commit, 5</a>
 */
public final class SuperJournal {

  /** Longer lists are not ours, nor SQLite's. */
  private static final int MAX_BYTES = 1 << 20;

  private SuperJournal() {}

  /**
   * Makes one that is durable.
   *
   * @param database beside which it is put
   * @param journals the paths of the journals
   * @return its path
   */
  public static String create(
      FileSystem files, String database, List<String> journals, RandomGenerator random) {
    String path;
    do {
      // The 9 keeps names of 8+3 letters apart from those of other files.
      path =
          database + String.format("-mj%06X9%02X", random.nextInt(1 << 24), random.nextInt(1 << 8));
    } while (files.exists(path));
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    for (String each : journals) {
      names.writeBytes(each.getBytes(StandardCharsets.UTF_8));
      names.write(0);
    }
    byte[] bytes = names.toByteArray();
    try (FileHandle file = files.open(path, OpenMode.CREATE)) {
      file.write(0, bytes, 0, bytes.length);
      file.sync();
    }
    files.syncDirectory(path);
    return path;
  }

  /** Commits: the deletion is durable when this returns. */
  public static void delete(FileSystem files, String path) {
    files.delete(path);
    files.syncDirectory(path);
  }

  /** Deletes one that no journal names any more: all of them were played back. */
  static void deleteIfUnused(FileSystem files, String path) {
    for (String journal : journals(files, path)) {
      if (files.exists(journal) && names(files, journal, path)) {
        return;
      }
    }
    files.delete(path);
  }

  private static List<String> journals(FileSystem files, String path) {
    byte[] bytes;
    try (FileHandle file = files.open(path, OpenMode.READ_ONLY)) {
      bytes = new byte[(int) Math.min(file.size(), MAX_BYTES)];
      file.read(0, bytes, 0, bytes.length);
    }
    List<String> names = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        names.add(new String(bytes, from, i - from, StandardCharsets.UTF_8));
        from = i + 1;
      }
    }
    return names;
  }

  private static boolean names(FileSystem files, String journal, String path) {
    try (FileHandle file = files.open(journal, OpenMode.READ_ONLY)) {
      return path.equals(HotJournal.superJournal(file));
    } catch (DatabaseException e) {
      // Somebody has it open, who will look for himself.
      return true;
    }
  }
}
