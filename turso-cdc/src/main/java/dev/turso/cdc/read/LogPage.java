package dev.turso.cdc.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of the log, one after the other. Rows of tables that are not wanted are left out.
 *
 * @param after the page has what comes after this row
 * @param to the last row that was read
 * @param bytes about how much memory the page takes
 * @param mark a row by which one can tell later whether the log still has the page, if that
 *     was asked for
 */
record LogPage(long after, long to, List<LogEntry> entries, long bytes, @Nullable Mark mark) {

  /** A row of the log; of a COMMIT, which tells epoch and time, there is no second one. */
  record Mark(long id, long transaction, long seconds, byte @Nullable [] image) {}

  /** Whether it has rows after a position, and all up to its own end. */
  boolean goesOnAfter(long change) {
    return after <= change && change < to;
  }
}
