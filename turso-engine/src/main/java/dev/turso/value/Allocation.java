package dev.turso.value;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;

/** Arrays for texts and blobs; too long a one, or one there is no room for, fails as in SQLite. */
public final class Allocation {

  private Allocation() {}

  /** Zero bytes, not negative in number. */
  public static byte[] bytes(long length) {
    if (length > Arithmetic.MAX_LENGTH) {
      throw new SqlException(ResultCode.TOOBIG, "string or blob too big");
    }
    try {
      return new byte[(int) length];
    } catch (OutOfMemoryError e) {
      // one array that does not fit leaves the heap as it was
      throw new SqlException(ResultCode.NOMEM, "out of memory");
    }
  }
}
