package dev.turso.error;

import org.jspecify.annotations.Nullable;

/** A constraint refused a row: UNIQUE, NOT NULL, CHECK, FOREIGN KEY, a trigger's RAISE. */
public final class ConstraintException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  public ConstraintException(ResultCode code, String message) {
    this(code, message, null);
  }

  public ConstraintException(ResultCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
