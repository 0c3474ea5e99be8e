package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DELETE.
 *
 * @param returning empty if absent
 * @param orderBy which rows come first, empty if absent; only together with a limit
 * @param limit at most so many rows
 * @param offset after leaving out so many
 */
public record DeleteStatement(
    @Nullable With with,
    TableReference.TableName target,
    @Nullable Expression where,
    List<ResultColumn> returning,
    List<OrderingTerm> orderBy,
    @Nullable Expression limit,
    @Nullable Expression offset)
    implements Statement {}
