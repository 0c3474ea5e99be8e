package dev.turso.session;

import dev.turso.change.ChangeCursor;
import dev.turso.change.CommittedChanges;
import dev.turso.change.LoggedRows;
import dev.turso.change.MissedCommits;
import dev.turso.change.Position;
import java.util.Arrays;

/** The commits that were dropped since listeners were told of some. For one thread at a time. */
final class DroppedCommits {

  /** Of more commits than this every second one's place in the log is forgotten, and again. */
  private static final int MOST_KNOWN = 1 << 16;

  private long commits;
  private long upTo;
  private boolean logged = true;
  private long lastRow;
  private long[] rows = new long[16];
  private long[] numbers = new long[16];
  private int known;

  boolean isEmpty() {
    return commits == 0;
  }

  /** A commit, whether or not it happened or changed anything that is recorded. */
  void passed(Position position) {
    upTo = position.commit();
  }

  void add(CommittedChanges commit) {
    commits++;
    LoggedRows place = commit.changes().logged();
    if (place != null) {
      lastRow = place.last();
      learn(place.last(), commit.position().commit());
    } else if (commit.kind() == CommittedChanges.Kind.OWN && !isOfViewsOnly(commit)) {
      logged = false;
    }
  }

  /** Views that are built anew are in no log. What views are made of is written before them. */
  private static boolean isOfViewsOnly(CommittedChanges commit) {
    ChangeCursor first = commit.changes().cursor();
    return !first.next() || first.change().table().materializedView();
  }

  private void learn(long row, long number) {
    if (known == MOST_KNOWN) {
      known = 0;
      for (int i = 0; i < MOST_KNOWN; i += 2) {
        rows[known] = rows[i];
        numbers[known++] = numbers[i];
      }
    }
    if (known == rows.length) {
      rows = Arrays.copyOf(rows, 2 * known);
      numbers = Arrays.copyOf(numbers, 2 * known);
    }
    rows[known] = row;
    numbers[known++] = number;
  }

  /** What listeners are to be told; nothing is left after that. */
  MissedCommits take(long epoch) {
    MissedCommits missed =
        new MissedCommits(
            new Position(epoch, upTo),
            commits,
            logged,
            lastRow,
            Arrays.copyOf(rows, known),
            Arrays.copyOf(numbers, known));
    commits = 0;
    logged = true;
    lastRow = 0;
    known = 0;
    return missed;
  }
}
