package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DELETE.
 *
 * @param returning empty if absent
 */
public record DeleteStatement(
    @Nullable With with,
    TableReference.TableName target,
    @Nullable Expression where,
    List<ResultColumn> returning)
    implements Statement {}
