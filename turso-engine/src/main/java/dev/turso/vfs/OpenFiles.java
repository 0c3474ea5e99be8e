package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import java.io.Closeable;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The gate that keeps a file from being opened twice in one JVM.
 *
 * <p>Held by the system properties, made of JDK types only, so that copies of this class in several
 * class loaders meet at the same map, whose monitor guards it.
 */
final class OpenFiles {

  private static final String PROPERTY = "dev.turso.open-files";

  private OpenFiles() {}

  /** Called with the file's number known and before its descriptor is opened. */
  static void enter(String identity, String path) {
    String holder = OpenFiles.class.getClassLoader() + ", " + path;
    ConcurrentMap<String, String> map = map();
    String other;
    synchronized (map) {
      other = map.putIfAbsent(identity, holder);
    }
    if (other != null) {
      throw new IoException(
          ResultCode.CANTOPEN,
          "unable to open database file: "
              + path
              + " is already open in this JVM (by "
              + other
              + "); two copies of the engine cannot share a file within one process");
    }
  }

  /**
   * Closes the descriptor and gives up the entry, as one step for whoever enters. The entry cannot go
   * first: somebody would open the file again, and our closing would drop his locks. Nor can it be
   * seen afterwards: the number of a deleted file belongs to the next new file the moment that the
   * last descriptor is closed.
   */
  static void leave(String identity, Closeable descriptor) throws IOException {
    ConcurrentMap<String, String> map = map();
    synchronized (map) {
      try {
        descriptor.close();
      } finally {
        map.remove(identity);
      }
    }
  }

  /** Gives up the entry of a file that could not be opened. */
  static void leave(String identity) {
    map().remove(identity);
  }

  @SuppressWarnings("unchecked")
  private static ConcurrentMap<String, String> map() {
    Properties properties = System.getProperties();
    synchronized (properties) {
      Object map = properties.get(PROPERTY);
      if (map == null) {
        map = new ConcurrentHashMap<String, String>();
        properties.put(PROPERTY, map);
      }
      return (ConcurrentMap<String, String>) map;
    }
  }
}
