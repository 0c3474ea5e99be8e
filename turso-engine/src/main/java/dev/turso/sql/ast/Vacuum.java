package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code VACUUM [schema] [INTO file]}. */
public record Vacuum(@Nullable Name schema, @Nullable Expression into) implements Statement {}
