package dev.turso.error;

import org.jspecify.annotations.Nullable;

/** The file, WAL or journal is damaged or is not a database. */
public final class CorruptException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  public CorruptException(ResultCode code, String message) {
    this(code, message, null);
  }

  public CorruptException(ResultCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
