package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT; {@code REPLACE INTO} is INSERT with the conflict action REPLACE.
 *
 * @param conflict absent if there is no OR clause
 * @param columns empty if not written
 * @param source absent for DEFAULT VALUES
 * @param upserts the ON CONFLICT clauses in the order written
 * @param returning empty if absent
 */
public record InsertStatement(
    @Nullable With with,
    @Nullable ConflictAction conflict,
    QualifiedName table,
    @Nullable Name alias,
    List<Name> columns,
    @Nullable Select source,
    List<Upsert> upserts,
    List<ResultColumn> returning)
    implements Statement {}
