package dev.turso.cdc.read;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.time.Duration;
import java.util.Arrays;
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
 * @param part which part of the keys is read: changes of one key are all in one part
 * @param parts how many parts there are
 */
public record ReaderOptions(
    Start start,
    Set<String> tables,
    @Nullable String ignoreOrigin,
    Duration lease,
    int pageRows,
    int pieceRows,
    long pieceBytes,
    int part,
    int parts) {

  /** All tables from the beginning of the log, a lease of 15 seconds, pieces of 10,000 changes. */
  public static final ReaderOptions DEFAULT =
      new ReaderOptions(
          Start.BEGINNING, Set.of(), null, Duration.ofSeconds(15), 1000, 10_000, 4 << 20, 0, 1);

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
    if (part < 0 || part >= parts) {
      throw new IllegalArgumentException("no part " + part + " of " + parts);
    }
  }

  public ReaderOptions from(Start where) {
    return new ReaderOptions(
        where, tables, ignoreOrigin, lease, pageRows, pieceRows, pieceBytes, part, parts);
  }

  public ReaderOptions tables(Collection<String> names) {
    return new ReaderOptions(
        start,
        Set.copyOf(names),
        ignoreOrigin,
        lease,
        pageRows,
        pieceRows,
        pieceBytes,
        part,
        parts);
  }

  public ReaderOptions tables(String... names) {
    return tables(Set.of(names));
  }

  public ReaderOptions ignoringOrigin(@Nullable String origin) {
    return new ReaderOptions(
        start, tables, origin, lease, pageRows, pieceRows, pieceBytes, part, parts);
  }

  public ReaderOptions lease(Duration time) {
    return new ReaderOptions(
        start, tables, ignoreOrigin, time, pageRows, pieceRows, pieceBytes, part, parts);
  }

  public ReaderOptions pieces(int rows, long bytes) {
    return new ReaderOptions(
        start, tables, ignoreOrigin, lease, pageRows, rows, bytes, part, parts);
  }

  /** Reads so many rows of the log at a time. */
  public ReaderOptions pages(int rows) {
    return new ReaderOptions(
        start, tables, ignoreOrigin, lease, rows, pieceRows, pieceBytes, part, parts);
  }

  /** Reads the changes of some keys only; all parts together read all. Definitions are in each. */
  public ReaderOptions part(int number, int of) {
    return new ReaderOptions(
        start, tables, ignoreOrigin, lease, pageRows, pieceRows, pieceBytes, number, of);
  }

  /** Whether the changes of keys with this hash belong to what is read. */
  boolean takes(int hash) {
    return parts == 1 || Math.floorMod(hash, parts) == part;
  }

  /** Whether the changes of a key belong to what is read. */
  boolean takes(Value key) {
    return takes(hash(key));
  }

  /**
   * By which keys are told apart, 0 if they are not. The same in every release, as cursors of parts outlive
   * the program.
   */
  int hash(Value key) {
    if (parts == 1) {
      return 0;
    }
    return switch (key.tag()) {
      case Tag.INTEGER -> Long.hashCode(key.asLong());
      case Tag.REAL -> Double.hashCode(key.asDouble());
      case Tag.TEXT -> String.valueOf(key.asString()).hashCode();
      case Tag.BLOB -> Arrays.hashCode(key.asBytes());
      default -> 0;
    };
  }
}
