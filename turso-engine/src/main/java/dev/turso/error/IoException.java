package dev.turso.error;

import org.jspecify.annotations.Nullable;

/** The operating system refused or failed a file operation, or the disk is full. */
public final class IoException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  public IoException(ResultCode code, String message) {
    this(code, message, null);
  }

  public IoException(ResultCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
