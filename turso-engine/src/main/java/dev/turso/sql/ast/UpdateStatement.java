package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE.
 *
 * @param conflict absent if there is no OR clause
 * @param returning empty if absent
 */
public record UpdateStatement(
    @Nullable With with,
    @Nullable ConflictAction conflict,
    TableReference.TableName target,
    List<Assignment> assignments,
    @Nullable TableReference from,
    @Nullable Expression where,
    List<ResultColumn> returning)
    implements Statement {}
