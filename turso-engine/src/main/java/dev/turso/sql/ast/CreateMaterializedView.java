package dev.turso.sql.ast;

import java.util.List;

/**
 * {@code CREATE MATERIALIZED VIEW [IF NOT EXISTS] name [(columns)] AS select [WITH [NO] DATA]}.
 *
 * @param columns empty if not written
 * @param withData false only for WITH NO DATA
 */
public record CreateMaterializedView(
    boolean ifNotExists, QualifiedName name, List<Name> columns, Select select, boolean withData)
    implements Statement {}
