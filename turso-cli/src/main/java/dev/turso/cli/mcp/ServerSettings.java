package dev.turso.cli.mcp;

import java.nio.file.Path;
import java.util.List;

/**
 * How a server is started.
 *
 * @param database the database that is open first
 * @param readOnly whether nothing may be written
 * @param allowed folders below which clients may open databases
 */
public record ServerSettings(String database, boolean readOnly, List<Path> allowed) {

  /** Settings with the usual folder, that of the database or the working one, if none is named. */
  public static ServerSettings of(String database, boolean readOnly, List<String> allowed) {
    List<Path> folders = allowed.stream().map(each -> Path.of(each).toAbsolutePath()).toList();
    if (folders.isEmpty()) {
      Path file = Path.of(isMemory(database) ? "x" : database).toAbsolutePath();
      Path parent = file.getParent();
      folders = List.of(parent == null ? file : parent);
    }
    return new ServerSettings(database, readOnly, folders);
  }

  static boolean isMemory(String path) {
    return path.isEmpty() || path.equals(":memory:");
  }
}
