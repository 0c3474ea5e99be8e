package dev.turso.pager;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.FileSystem;
import java.util.HashMap;
import java.util.Map;

/**
 * The databases that are open in this JVM, so that all connections to a file share one.
 *
 * <p>The one piece of static mutable state: POSIX locks belong to the process, so that knowledge has
 * to as well.
 */
final class OpenDatabases {

  /** Two file systems may have equal keys. */
  private record Key(Object namespace, String identity) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.namespace == namespace
          && key.identity.equals(identity);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(namespace) * 31 + identity.hashCode();
    }
  }

  private static final Object MEMORY = new Object();
  private static final Map<Key, DatabaseFile> OPEN = new HashMap<>();
  private static final Map<DatabaseFile, Key> KEYS = new HashMap<>();

  private OpenDatabases() {}

  static DatabaseFile file(FileSystem files, String path, PagerOptions options) {
    synchronized (OPEN) {
      DatabaseFile open = OPEN.get(new Key(files, files.identity(path)));
      if (open == null) {
        open = DatabaseFile.open(files, files.canonical(path), options);
        register(new Key(files, files.identity(path)), open);
      }
      if (open.isImmutable() && !options.immutable()) {
        throw new IoException(
            ResultCode.CANTOPEN,
            "unable to open database file: " + path + " is open as one that nobody changes");
      }
      if (!open.cipher().isOpenWith(options.key())) {
        throw open.cipher().openWithAnother();
      }
      open.connections++;
      return open;
    }
  }

  static DatabaseFile memory(String name, PagerOptions options) {
    synchronized (OPEN) {
      Key key = new Key(MEMORY, name);
      DatabaseFile open = OPEN.get(key);
      if (open == null) {
        open = new DatabaseFile(name, options, null);
        register(key, open);
      }
      open.connections++;
      return open;
    }
  }

  private static void register(Key key, DatabaseFile database) {
    OPEN.put(key, database);
    KEYS.put(database, key);
  }

  /** Counts one more connection to a database that is open. */
  static void share(DatabaseFile database) {
    synchronized (OPEN) {
      database.connections++;
    }
  }

  /** Closes the database if it was the last connection's. A private one was never registered. */
  static void release(DatabaseFile database) {
    synchronized (OPEN) {
      if (--database.connections > 0) {
        return;
      }
      Key key = KEYS.remove(database);
      if (key != null) {
        OPEN.remove(key);
      }
      database.close();
    }
  }
}
