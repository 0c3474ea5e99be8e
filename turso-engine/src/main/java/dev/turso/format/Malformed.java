package dev.turso.format;

import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;

/** The one answer to bytes that cannot be what they claim. */
public final class Malformed {

  private Malformed() {}

  /** The file is damaged, in SQLite's words; the caller throws it. */
  public static CorruptException file() {
    return new CorruptException(ResultCode.CORRUPT, "database disk image is malformed");
  }
}
