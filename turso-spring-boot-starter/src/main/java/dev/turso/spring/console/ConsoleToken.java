package dev.turso.spring.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A random word that stands in a file of its owner's, made anew at each start. */
final class ConsoleToken {

  private static final int BYTES = 24;

  private final byte[] token;
  private final Path file;

  private ConsoleToken(String token, Path file) {
    this.token = token.getBytes(StandardCharsets.US_ASCII);
    this.file = file;
  }

  /** Writes a new token, which nobody but the owner of this process may read. */
  static ConsoleToken write(Path file) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    try {
      Files.deleteIfExists(file);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
      Files.writeString(file, token, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("the console's token cannot be written to " + file, e);
    }
    return new ConsoleToken(token, file);
  }

  Path file() {
    return file;
  }

  boolean matches(@Nullable String given) {
    return given != null && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "the token in " + file;
  }
}
