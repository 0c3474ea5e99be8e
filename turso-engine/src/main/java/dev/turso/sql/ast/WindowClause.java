package dev.turso.sql.ast;

/** One {@code name AS (…)} of a WINDOW clause. */
public record WindowClause(Name name, WindowDefinition definition) {}
