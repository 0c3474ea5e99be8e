package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code REINDEX [collation | [schema.]table-or-index]}. */
public record Reindex(@Nullable QualifiedName target) implements Statement {}
