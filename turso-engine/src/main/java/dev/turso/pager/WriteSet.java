package dev.turso.pager;

/**
 * What a transaction commits.
 *
 * @param pages in page order; their images are no longer changed
 * @param pageCount the size of the database after it
 * @param synchronous how durable it has to be
 */
record WriteSet(DirtyPages.Entry[] pages, int pageCount, Synchronous synchronous) {}
