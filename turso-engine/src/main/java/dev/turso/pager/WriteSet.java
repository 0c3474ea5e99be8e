package dev.turso.pager;

/**
 * What a transaction commits.
 *
 * @param pages in page order; their images are no longer changed
 * @param spilled pages that are in the log already, unless they are among the first
 * @param pageCount the size of the database after it
 * @param synchronous how durable it has to be
 */
record WriteSet(
    DirtyPages.Entry[] pages, SpilledPages spilled, int pageCount, Synchronous synchronous) {}
