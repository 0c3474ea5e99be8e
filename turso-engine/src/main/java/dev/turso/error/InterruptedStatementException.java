package dev.turso.error;

import org.jspecify.annotations.Nullable;

/** The statement was interrupted or ran over its time limit. */
public final class InterruptedStatementException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  public InterruptedStatementException(ResultCode code, String message) {
    this(code, message, null);
  }

  public InterruptedStatementException(ResultCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
