package dev.turso.cdc.read;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a reader reads. Immutable.
 *
 * @param start where a cursor begins that does not exist yet
 * @param tables whose changes are given; empty for all. Definitions are always given
 * @param ignoreOrigin changes of sessions with this origin are passed over; null for none
 * @param lease how long the owner of a cursor may be silent before another reader takes it over
 * @param pageRows rows of the log read at a time
 * @param pieceRows most changes in one batch: a larger transaction comes in pieces
 * @param pieceBytes about the most bytes of images in one batch
 */
public record ReaderOptions(
    Start start,
    Set<String> tables,
    @Nullable String ignoreOrigin,
    Duration lease,
    int pageRows,
    int pieceRows,
    long pieceBytes) {

  /** All tables from the beginning of the log, a lease of 15 seconds, pieces of 10,000 changes. */
  public static final ReaderOptions DEFAULT =
      new ReaderOptions(
          Start.BEGINNING, Set.of(), null, Duration.ofSeconds(15), 1000, 10_000, 4 << 20);

  /** Where a new cursor begins. */
  public enum Start {
    /** With the oldest change that is retained. */
    BEGINNING,
    /** With the next change. */
    NOW,
    /** With all rows as they are, and then the changes after that. */
    SNAPSHOT
  }

  public ReaderOptions {
    Set<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    folded.addAll(tables);
    tables = Collections.unmodifiableSet(folded);
    if (lease.toMillis() < 100) {
      throw new IllegalArgumentException("a lease shorter than 100 ms: " + lease);
    }
    if (pageRows < 1 || pieceRows < 1 || pieceBytes < 1) {
      throw new IllegalArgumentException("pages and pieces hold at least one row");
    }
  }

  public ReaderOptions from(Start where) {
    return new ReaderOptions(where, tables, ignoreOrigin, lease, pageRows, pieceRows, pieceBytes);
  }

  public ReaderOptions tables(Collection<String> names) {
    return new ReaderOptions(
        start, Set.copyOf(names), ignoreOrigin, lease, pageRows, pieceRows, pieceBytes);
  }

  public ReaderOptions tables(String... names) {
    return tables(Set.of(names));
  }

  public ReaderOptions ignoringOrigin(@Nullable String origin) {
    return new ReaderOptions(start, tables, origin, lease, pageRows, pieceRows, pieceBytes);
  }

  public ReaderOptions lease(Duration time) {
    return new ReaderOptions(start, tables, ignoreOrigin, time, pageRows, pieceRows, pieceBytes);
  }

  public ReaderOptions pieces(int rows, long bytes) {
    return new ReaderOptions(start, tables, ignoreOrigin, lease, pageRows, rows, bytes);
  }
}
