package dev.turso.error;

/**
 * SQL that does not compile, names what does not exist, asks for what is not supported, or fails on
 * the data it meets.
 */
public final class SqlException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  private final int position;

  public SqlException(String message) {
    this(ResultCode.ERROR, message, -1);
  }

  public SqlException(ResultCode code, String message) {
    this(code, message, -1);
  }

  /**
   * @param position offset in UTF-16 units of the offending token in the statement's text, or -1
   */
  public SqlException(ResultCode code, String message, int position) {
    super(code, message, null);
    this.position = position;
  }

  /** A feature of the language that this engine does not run, named. */
  public static SqlException unsupported(String what) {
    return new SqlException(ResultCode.ERROR, what + " is not supported");
  }

  /** Offset in UTF-16 units of the offending token in the statement's text, or -1 if unknown. */
  public int position() {
    return position;
  }
}
