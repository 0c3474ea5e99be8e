package dev.turso.spring.statement;

import org.jspecify.annotations.Nullable;

/**
 * A connection of the pool.
 *
 * @param transactionMillis how long its transaction is open; -1 without one
 * @param statement the shape of what it runs or whose rows are being read, or null
 * @param statementMillis since when
 * @param thread who used it last
 */
public record SessionStatus(
    long id,
    long openMillis,
    long transactionMillis,
    @Nullable String statement,
    long statementMillis,
    @Nullable String thread) {}
