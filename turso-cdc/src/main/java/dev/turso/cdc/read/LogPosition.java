package dev.turso.cdc.read;

/**
 * A place in the change log of one database: after a row of the log.
 *
 * @param epoch the number of the stretch of time in which that row was written; 0 before every row
 * @param change the id of the row; 0 before every row
 */
public record LogPosition(long epoch, long change) {

  /** Before everything. */
  public static final LogPosition START = new LogPosition(0, 0);

  /** Reads what {@link #toString} wrote. */
  public static LogPosition parse(String text) {
    int dash = text.indexOf('-');
    if (dash <= 0) {
      throw new IllegalArgumentException("not a position: " + text);
    }
    try {
      return new LogPosition(
          Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a position: " + text, e);
    }
  }

  @Override
  public String toString() {
    return epoch + "-" + change;
  }
}
