package dev.turso.bind;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table that expressions refer to without scanning it: the row being written, NEW, OLD,
 * {@code excluded}.
 *
 * <p>What runs the expressions decides where the values are: it maps each of these columns to a
 * place in its frame.
 *
 * @param columns one per column of the table, virtual ones included
 * @param rowid the rowid: the alias column where there is one, null for a WITHOUT ROWID table
 */
public record TableRow(Table table, List<BoundColumn> columns, @Nullable BoundColumn rowid) {}
