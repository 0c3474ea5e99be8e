package dev.turso.change;

import java.util.Arrays;

/**
 * Commits that were dropped because listeners were too slow for them. Immutable.
 *
 * <p>Where a durable log has them, it tells what they changed: its rows up to {@link #lastRow} are of
 * these commits and of those before them.
 */
public final class MissedCommits {

  private final Position upTo;
  private final long commits;
  private final boolean logged;
  private final long lastRow;
  private final long[] rows;
  private final long[] numbers;

  /**
   * @param upTo the newest of them
   * @param commits how many that might have concerned somebody
   * @param logged whether a durable log has all of them
   * @param lastRow the id of the newest row that it has of them; 0 if it has none
   * @param rows ids of rows that end commits there, ascending
   * @param numbers the numbers of those commits
   */
  public MissedCommits(
      Position upTo, long commits, boolean logged, long lastRow, long[] rows, long[] numbers) {
    this.upTo = upTo;
    this.commits = commits;
    this.logged = logged;
    this.lastRow = lastRow;
    this.rows = rows.clone();
    this.numbers = numbers.clone();
  }

  /** The newest of them; the next commit told of is one after it. */
  public Position upTo() {
    return upTo;
  }

  /** How many that might have concerned somebody. */
  public long commits() {
    return commits;
  }

  /** Whether a durable log has all of them that this process made. */
  public boolean logged() {
    return logged;
  }

  /** The id of the newest row that the log has of them; 0 if it has none. */
  public long lastRow() {
    return lastRow;
  }

  /**
   * Which commit a row of the log ended. Of very many commits not all are known: the position is then
   * that of one a little before.
   */
  public Position positionOf(long row) {
    int at = Arrays.binarySearch(rows, row);
    int known = at >= 0 ? at : -at - 2;
    return known < 0 ? upTo : new Position(upTo.epoch(), numbers[known]);
  }
}
