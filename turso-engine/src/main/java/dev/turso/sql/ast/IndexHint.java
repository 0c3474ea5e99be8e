package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code INDEXED BY index} or {@code NOT INDEXED}.
 *
 * @param index absent for NOT INDEXED
 */
public record IndexHint(@Nullable Name index) {}
