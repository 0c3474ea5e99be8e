package dev.turso.sql.ast;

/** {@code EXPLAIN MATERIALIZED VIEW name}: how the view is maintained. */
public record ExplainMaterializedView(QualifiedName name) implements Statement {}
