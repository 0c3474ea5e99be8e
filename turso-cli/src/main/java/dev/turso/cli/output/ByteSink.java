package dev.turso.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Where output goes, as bytes: a text value that is not valid UTF-8 must come out as it is stored.
 * Buffered; a broken pipe is remembered and what follows is dropped. Not safe for several threads.
 */
public final class ByteSink {

  private static final int SIZE = 16 << 10;

  private final OutputStream target;
  private final byte[] buffer = new byte[SIZE];
  private int used;
  private boolean broken;

  public ByteSink(OutputStream target) {
    this.target = target;
  }

  /** Text, as UTF-8. */
  public ByteSink print(String text) {
    return print(text.getBytes(StandardCharsets.UTF_8));
  }

  public ByteSink print(byte[] bytes) {
    return print(bytes, 0, bytes.length);
  }

  public ByteSink print(byte[] bytes, int from, int to) {
    if (to - from > SIZE - used) {
      drain();
    }
    if (to - from > SIZE) {
      write(bytes, from, to - from);
    } else {
      System.arraycopy(bytes, from, buffer, used, to - from);
      used += to - from;
    }
    return this;
  }

  public ByteSink print(int octet) {
    if (used == SIZE) {
      drain();
    }
    buffer[used++] = (byte) octet;
    return this;
  }

  /** One octet, several times. */
  public ByteSink repeat(int octet, int times) {
    for (int i = 0; i < times; i++) {
      print(octet);
    }
    return this;
  }

  public ByteSink line(String text) {
    return print(text).print('\n');
  }

  public void flush() {
    drain();
    try {
      target.flush();
    } catch (IOException e) {
      broken = true;
    }
  }

  /** Whether the reader of this output has gone. */
  public boolean isBroken() {
    return broken;
  }

  /** Flushes and closes the target. */
  public void close() {
    drain();
    try {
      target.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void drain() {
    write(buffer, 0, used);
    used = 0;
  }

  private void write(byte[] bytes, int from, int length) {
    if (broken || length == 0) {
      return;
    }
    try {
      target.write(bytes, from, length);
    } catch (IOException e) {
      broken = true;
    }
  }
}
