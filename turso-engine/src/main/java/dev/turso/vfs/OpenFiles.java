package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The gate that keeps a file from being opened twice in one JVM.
 *
 * <p>Held by the system properties, made of JDK types only, so that copies of this class in several
 * class loaders meet at the same map.
 */
final class OpenFiles {

  private static final String PROPERTY = "dev.turso.open-files";

  /**
   * How long to wait for a file that is being closed: one that was deleted before has its number given
   * to a new file the moment it is closed, and that may be opened before the old one has left.
   */
  private static final int PAUSES = 20;

  private static final long PAUSE_NANOS = 10_000_000;

  private OpenFiles() {}

  static void enter(String identity, String path) {
    String holder = OpenFiles.class.getClassLoader() + ", " + path;
    String other = map().putIfAbsent(identity, holder);
    for (int i = 0; other != null && i < PAUSES; i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      other = map().putIfAbsent(identity, holder);
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
