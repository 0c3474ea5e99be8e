package dev.turso.cdc.read;

import org.jspecify.annotations.Nullable;

/**
 * A row of the log as it was read. Immutable, so that readers of parts may share it.
 *
 * @param seconds since 1970
 * @param hash of the key, by which parts are told apart
 * @param record what the row tells; null for a COMMIT and for a row of a table without a known shape
 * @param about of a COMMIT what it tells of its transaction
 * @param unknown the table whose columns are not known, or null
 */
record LogEntry(
    long id,
    long transaction,
    long seconds,
    int hash,
    @Nullable ChangeRecord record,
    byte @Nullable [] about,
    @Nullable String unknown) {

  boolean isCommit() {
    return record == null && unknown == null;
  }

  /** Whether readers of all parts are given it. */
  boolean isForAll() {
    return record != null && !record.kind().isOfRow();
  }
}
