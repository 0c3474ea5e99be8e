package dev.turso.error;

import org.jspecify.annotations.Nullable;

/** The API was used in a way that its contract forbids. */
public final class MisuseException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  public MisuseException(ResultCode code, String message) {
    this(code, message, null);
  }

  public MisuseException(ResultCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
