package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CREATE TABLE, with either columns and constraints, or a query.
 *
 * @param columns empty with {@code asSelect}
 * @param asSelect present for CREATE TABLE … AS SELECT
 */
public record CreateTable(
    boolean temporary,
    boolean ifNotExists,
    QualifiedName name,
    List<ColumnDefinition> columns,
    List<TableConstraint> constraints,
    boolean strict,
    boolean withoutRowid,
    @Nullable Select asSelect)
    implements Statement {}
