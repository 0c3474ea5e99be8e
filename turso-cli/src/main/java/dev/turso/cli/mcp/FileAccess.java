package dev.turso.cli.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which files a client may have opened: those below the allowed folders, after links are resolved. The
 * path that this gives is the resolved one, and that one is opened.
 */
final class FileAccess {

  private final List<Path> allowed;

  FileAccess(List<Path> allowed) {
    this.allowed = allowed;
  }

  /** The file to open for a name; its folders are made if they are not there. */
  Path resolve(String name, boolean create) {
    if (name.contains("?")
        || name.startsWith("file:")
        || name.startsWith("mem:")
        || name.indexOf('\0') >= 0) {
      throw new ToolFailure("Failed to open database: a plain path is wanted");
    }
    try {
      Path wanted = Path.of(name).toAbsolutePath().normalize();
      Path real = real(wanted);
      if (!isAllowed(real)) {
        throw new ToolFailure(
            "Failed to open database: the path is outside the folders that this server may open");
      }
      if (Files.isDirectory(real)) {
        throw new ToolFailure("Failed to open database: the path is a folder");
      }
      if (!Files.exists(real) && !create) {
        throw new ToolFailure("Failed to open database: there is no such file");
      }
      Path parent = real.getParent();
      if (create && parent != null) {
        Files.createDirectories(parent);
        real = parent.toRealPath().resolve(real.getFileName());
      }
      if (!isAllowed(real)) {
        throw new ToolFailure(
            "Failed to open database: the path is outside the folders that this server may open");
      }
      return real;
    } catch (IOException | InvalidPathException e) {
      throw new ToolFailure("Failed to open database: the path cannot be used");
    }
  }

  /** The path with links resolved as far as it exists. */
  private static Path real(Path wanted) throws IOException {
    if (Files.exists(wanted) || Files.isSymbolicLink(wanted)) {
      return wanted.toRealPath();
    }
    Path parent = wanted.getParent();
    Path name = wanted.getFileName();
    return parent == null || name == null ? wanted : real(parent).resolve(name);
  }

  private boolean isAllowed(Path real) throws IOException {
    for (Path each : allowed) {
      if (Files.exists(each) && real.startsWith(each.toRealPath())) {
        return true;
      }
    }
    return false;
  }
}
