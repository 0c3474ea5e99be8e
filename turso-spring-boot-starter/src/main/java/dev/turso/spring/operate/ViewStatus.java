package dev.turso.spring.operate;

/**
 * A materialized view as the database sees it.
 *
 * @param status current, stale or failed
 * @param rowsTouched rows that its operators touched for the newest commit
 * @param rowsWritten rows that this put into the view or took out of it
 * @param micros microseconds that this took
 */
public record ViewStatus(
    String name, String status, long rowsTouched, long rowsWritten, long micros) {}
