package dev.turso.spring.statement;

import java.time.Instant;

/**
 * A statement that took long.
 *
 * @param shape its text without literals
 * @param millis from its start to the end of its rows
 * @param at when it ended
 * @param failed whether it ended with an error
 */
public record SlowStatement(String shape, long millis, Instant at, String thread, boolean failed) {}
