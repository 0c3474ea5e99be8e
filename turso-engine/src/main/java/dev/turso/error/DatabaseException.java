package dev.turso.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything the engine reports as failed.
 *
 * <p>Carries SQLite's result code. Immutable but for what {@link Throwable} itself allows.
 */
public abstract sealed class DatabaseException extends RuntimeException
    permits BusyException,
        ConstraintException,
        CorruptException,
        InterruptedStatementException,
        IoException,
        KeyException,
        MisuseException,
        ReadOnlyException,
        SqlException {

  private static final long serialVersionUID = 1L;

  private final ResultCode code;

  DatabaseException(ResultCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The SQLite result code, extended where one applies. */
  public final ResultCode code() {
    return code;
  }
}
