package dev.turso.error;

import org.jspecify.annotations.Nullable;

/** A lock is held by another connection or process, or a snapshot is too old to write from. */
public final class BusyException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String holder;

  public BusyException(ResultCode code, String message) {
    this(code, message, null, null);
  }

  public BusyException(ResultCode code, String message, @Nullable Throwable cause) {
    this(code, message, cause, null);
  }

  private BusyException(
      ResultCode code, String message, @Nullable Throwable cause, @Nullable String holder) {
    super(code, message, cause);
    this.holder = holder;
  }

  /** A wait for a connection of this JVM was in vain; in words, who that is and since when. */
  public static BusyException waitedFor(String holder) {
    return new BusyException(
        ResultCode.BUSY, "database is locked", new IllegalStateException(holder), holder);
  }

  /** Who kept this one waiting until its time was up, in words; null if it did not wait or is unknown. */
  public @Nullable String holder() {
    return holder;
  }
}
