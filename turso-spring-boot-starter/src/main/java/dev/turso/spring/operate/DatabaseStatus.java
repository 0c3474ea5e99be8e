package dev.turso.spring.operate;

/**
 * A database as its operator sees it.
 *
 * @param path its file, or its name in memory
 * @param bytes size of the file
 * @param walBytes size of its write-ahead log
 * @param position the newest commit that somebody was told of
 * @param liveQueries subscriptions that are open
 */
public record DatabaseStatus(
    String path,
    String journalMode,
    String sqliteVersion,
    long pages,
    long freePages,
    long bytes,
    long walBytes,
    String position,
    int liveQueries) {}
