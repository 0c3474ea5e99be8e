package dev.turso.schema;

import org.jspecify.annotations.Nullable;

/**
 * One row of {@code sqlite_stat1}.
 *
 * @param index null for a row about the table alone
 * @param numbers rows, then rows per distinct prefix, as text
 */
public record StatisticsRow(String table, @Nullable String index, String numbers) {}
