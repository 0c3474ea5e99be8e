package dev.turso.change;

/**
 * One commit of one database file.
 *
 * @param epoch a number that is renewed whenever commits may have been lost; 0 while the file keeps
 *     none
 * @param commit the number of the commit in its epoch, from 1; 0 is before the first
 */
public record Position(long epoch, long commit) implements Comparable<Position> {

  /** Before every commit of a file without an epoch. */
  public static final Position START = new Position(0, 0);

  /**
   * From the form of {@link #toString}.
   *
   * @throws IllegalArgumentException if a text is not of that form
   */
  public static Position parse(String text) {
    int dash = text.indexOf('-');
    if (dash <= 0) {
      throw new IllegalArgumentException("not a position: " + text);
    }
    return new Position(
        Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10));
  }

  /** Orders positions of one epoch; positions of different epochs have no true order. */
  @Override
  public int compareTo(Position other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(commit, other.commit);
  }

  @Override
  public String toString() {
    return epoch + "-" + commit;
  }
}
