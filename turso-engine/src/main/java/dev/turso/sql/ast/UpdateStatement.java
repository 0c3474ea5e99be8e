package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE.
 *
 * @param conflict absent if there is no OR clause
 * @param returning empty if absent
 * @param orderBy which rows come first, empty if absent; only together with a limit
 * @param limit at most so many rows
 * @param offset after leaving out so many
 */
public record UpdateStatement(
    @Nullable With with,
    @Nullable ConflictAction conflict,
    TableReference.TableName target,
    List<Assignment> assignments,
    @Nullable TableReference from,
    @Nullable Expression where,
    List<ResultColumn> returning,
    List<OrderingTerm> orderBy,
    @Nullable Expression limit,
    @Nullable Expression offset)
    implements Statement {}
