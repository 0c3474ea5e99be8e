package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CREATE INDEX.
 *
 * @param columns names or expressions, at least one
 * @param where the condition of a partial index
 */
public record CreateIndex(
    boolean unique,
    boolean ifNotExists,
    QualifiedName name,
    Name table,
    List<OrderingTerm> columns,
    @Nullable Expression where)
    implements Statement {}
