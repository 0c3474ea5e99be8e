package dev.turso.pager;

/**
 * What a transaction commits.
 *
 * @param pages in page order; their images are no longer changed
 * @param spilled pages that are in the log already, unless they are among the first
 * @param pageCount the size of the database after it
 * @param settings how it is to be kept
 */
record WriteSet(
    DirtyPages.Entry[] pages, SpilledPages spilled, int pageCount, CommitSettings settings) {

  Synchronous synchronous() {
    return settings.synchronous();
  }

  /** Whether the commit waits for the log to be durable. */
  boolean isDurable() {
    return synchronous().compareTo(Synchronous.FULL) >= 0;
  }
}
