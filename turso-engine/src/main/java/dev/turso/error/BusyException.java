package dev.turso.error;

import org.jspecify.annotations.Nullable;

/** A lock is held by another connection or process, or a snapshot is too old to write from. */
public final class BusyException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  public BusyException(ResultCode code, String message) {
    this(code, message, null);
  }

  public BusyException(ResultCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
