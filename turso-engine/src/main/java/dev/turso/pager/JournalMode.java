package dev.turso.pager;

/** How a database keeps a commit atomic, as {@code PRAGMA journal_mode} names it. */
public enum JournalMode {
  /** A rollback journal, deleted by the commit. */
  DELETE,
  /** A rollback journal, cut to nothing by the commit. */
  TRUNCATE,
  /** A rollback journal whose header the commit overwrites with zeros. */
  PERSIST,
  /** No journal file: a crash during a commit may leave a damaged database. */
  MEMORY,
  /** A write-ahead log. */
  WAL,
  /** No journal at all. */
  OFF
}
