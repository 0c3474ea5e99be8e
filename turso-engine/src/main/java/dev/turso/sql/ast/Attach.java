package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code ATTACH [DATABASE] file AS schema [KEY key]}; a bare word is a string literal. */
public record Attach(Expression file, Expression schema, @Nullable Expression key)
    implements Statement {}
