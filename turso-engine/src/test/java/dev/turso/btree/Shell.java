package dev.turso.btree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The native sqlite3 shell, in a process of its own. */
public final class Shell {

  private Shell() {}

  public static boolean present() {
    try {
      Process process = new ProcessBuilder("sqlite3", "--version").start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the shell prints for a script. */
  public static String run(Path file, String script) {
    try {
      Process process =
          new ProcessBuilder("sqlite3", "-batch", file.toString())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return out.strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the shell prints for a script over a file of these bytes. */
  public static String run(byte[] file, String script) {
    try {
      Path path = Files.createTempFile("btree", ".db");
      try {
        Files.write(path, file);
        return run(path, script);
      } finally {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The bytes of the database that the shell makes with a script. */
  public static byte[] make(String script) {
    try {
      Path directory = Files.createTempDirectory("btree");
      Path path = directory.resolve("made.db");
      try {
        String out = run(path, script);
        if (out.contains("rror")) {
          throw new IllegalStateException(out);
        }
        return Files.readAllBytes(path);
      } finally {
        Files.deleteIfExists(path);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
