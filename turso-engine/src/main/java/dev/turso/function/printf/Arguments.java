package dev.turso.function.printf;

import dev.turso.value.Register;
import java.util.Arrays;

/** The arguments after the format string, taken one after the other. */
final class Arguments {

  private static final byte[] NO_BYTES = {};

  private final Register[] all;
  private final int count;
  private int next = 1;
  private boolean lastWasNull;

  Arguments(Register[] all, int count) {
    this.all = all;
    this.count = count;
  }

  long takeLong() {
    return next < count ? all[next++].asLong() : 0;
  }

  double takeDouble() {
    return next < count ? all[next++].asDouble() : 0.0;
  }

  /** The next argument as text up to its first zero byte; no bytes for NULL. */
  byte[] takeText() {
    lastWasNull = next >= count || all[next].isNull();
    byte[] text = next < count ? all[next++].asBytes() : NO_BYTES;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == 0) {
        return Arrays.copyOf(text, i);
      }
    }
    return text;
  }

  /** Whether the text taken last was NULL or missing. */
  boolean lastWasNull() {
    return lastWasNull;
  }
}
