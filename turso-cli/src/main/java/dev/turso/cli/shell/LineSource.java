package dev.turso.cli.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of a stream, UTF-8, ended by a line feed or both a return and a feed. */
public final class LineSource implements InputReader.Lines {

  private static final int SIZE = 8192;

  private final InputStream in;
  private final byte[] buffer = new byte[SIZE];
  private int at;
  private int end;

  public LineSource(InputStream in) {
    this.in = in;
  }

  @Override
  public @Nullable String next(boolean continuation) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    int octet = read();
    if (octet < 0) {
      return null;
    }
    while (octet >= 0 && octet != '\n') {
      line.write(octet);
      octet = read();
    }
    byte[] bytes = line.toByteArray();
    int length = bytes.length;
    if (length > 0 && octet == '\n' && bytes[length - 1] == '\r') {
      length--;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private int read() {
    if (at == end) {
      try {
        end = in.read(buffer);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      at = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return buffer[at++] & 0xFF;
  }
}
