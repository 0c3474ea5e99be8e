package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code PRAGMA name}, {@code PRAGMA name = value} or {@code PRAGMA name(value)}: all one.
 *
 * @param value quotes removed; a number with its minus sign
 */
public record Pragma(QualifiedName name, @Nullable String value) implements Statement {}
