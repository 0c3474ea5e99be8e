package dev.turso.error;

import org.jspecify.annotations.Nullable;

/** A write was tried on something that can only be read. */
public final class ReadOnlyException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  public ReadOnlyException(ResultCode code, String message) {
    this(code, message, null);
  }

  public ReadOnlyException(ResultCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
