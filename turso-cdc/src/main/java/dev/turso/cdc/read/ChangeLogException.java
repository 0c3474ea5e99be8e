package dev.turso.cdc.read;

/** A reader of the change log cannot go on. */
public final class ChangeLogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** The log is not switched on in this database. */
    NO_LOG,
    /** Another reader has become the cursor's owner. */
    LEASE_LOST,
    /** The changes after this position were removed by retention. */
    NOT_RETAINED,
    /** The position is not one of this log: it was lost, or is of another database. */
    UNKNOWN_POSITION,
    /** It is not known which columns a row has: its table's history in the file was damaged. */
    UNKNOWN_SHAPE,
    /** An engine without a log has changed a table, so that a copy can only be made anew. */
    GAP
  }

  /**
   * @param reason why
   * @param message what, and what to do
   */
  public ChangeLogException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Of a copy that has come to a gap. */
  public static ChangeLogException gap(String table) {
    return new ChangeLogException(
        Reason.GAP,
        "changes of table "
            + table
            + " are not in the log, because an engine without one made them: begin anew from a copy or a"
            + " snapshot");
  }

  public Reason reason() {
    return reason;
  }
}
