package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code ANALYZE [schema | [schema.]table-or-index]}. */
public record Analyze(@Nullable QualifiedName target) implements Statement {}
