package dev.turso.cli.command;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fields of separated values, by RFC 4180 where quotes are on: a field may stand in double quotes, with
 * a quote inside doubled. Lines may end with a return and a feed.
 */
final class SeparatedReader {

  private static final int END = -1;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final String name;
  private final char column;
  private final char row;
  private final boolean quotes;
  private final Consumer<String> complaints;
  private long line = 1;
  private int ended;
  private boolean first = true;

  SeparatedReader(
      InputStream in,
      String name,
      char column,
      char row,
      boolean quotes,
      Consumer<String> complaints) {
    this.in = new BufferedInputStream(in);
    this.name = name;
    this.column = column;
    this.row = row;
    this.quotes = quotes;
    this.complaints = complaints;
  }

  /** The number of the line that the next field is on, from 1. */
  long line() {
    return line;
  }

  /** Whether the newest field was followed by another one of its row. */
  boolean endedAtColumn() {
    return ended == column;
  }

  /** Whether the newest field was the file's last. */
  boolean ended() {
    return ended == END;
  }

  /** The next field, or null at the end of the file. */
  byte @Nullable [] field() {
    int octet = read();
    if (octet == END) {
      ended = END;
      return null;
    }
    if (octet == '"' && quotes) {
      first = false;
      return quoted();
    }
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    while (octet != END && octet != column && octet != row) {
      field.write(octet);
      octet = read();
    }
    ended = octet;
    byte[] bytes = field.toByteArray();
    if (octet == row) {
      line++;
      if (quotes && bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
        bytes = Arrays.copyOf(bytes, bytes.length - 1);
      }
    }
    if (first) {
      first = false;
      bytes = withoutMark(bytes);
    }
    return bytes;
  }

  private byte[] withoutMark(byte[] bytes) {
    boolean marked =
        bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    return marked ? Arrays.copyOfRange(bytes, MARK.length, bytes.length) : bytes;
  }

  private byte[] quoted() {
    long start = line;
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    while (true) {
      int octet = read();
      if (octet == END) {
        complaints.accept(name + ":" + start + ": unterminated \"-quoted field");
        ended = END;
        return field.toByteArray();
      }
      if (octet != '"') {
        line += octet == row ? 1 : 0;
        field.write(octet);
        continue;
      }
      int next = read();
      if (next == '"') {
        field.write('"');
        continue;
      }
      if (next == '\r' && row == '\n') {
        next = read();
      }
      if (next == END || next == column || next == row) {
        line += next == row ? 1 : 0;
        ended = next;
        return field.toByteArray();
      }
      complaints.accept(name + ":" + line + ": unescaped \" character");
      field.write('"');
      field.write(next);
    }
  }

  private int read() {
    try {
      return in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
