package dev.turso.sql.ast;

/** {@code DETACH [DATABASE] schema}; a bare word is a string literal. */
public record Detach(Expression schema) implements Statement {}
