package dev.turso.sql.ast;

/**
 * {@code REFRESH MATERIALIZED VIEW name [ONLINE]}: computes the view anew.
 *
 * @param online whether writers may go on meanwhile
 */
public record RefreshMaterializedView(QualifiedName name, boolean online) implements Statement {}
