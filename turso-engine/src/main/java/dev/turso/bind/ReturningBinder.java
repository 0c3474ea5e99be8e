package dev.turso.bind;

import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.sql.ast.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds a RETURNING clause over the row as it was written or deleted. */
final class ReturningBinder {

  private ReturningBinder() {}

  static @Nullable Returning bind(
      BindContext context,
      WriteTargetBinder.Target target,
      Environment environment,
      List<ResultColumn> columns) {
    if (columns.isEmpty()) {
      return null;
    }
    for (ResultColumn each : columns) {
      if (each instanceof ResultColumn.AllColumnsOf) {
        throw new SqlException("RETURNING may not use \"TABLE.*\" wildcards");
      }
    }
    TableRow row = context.row(target.table());
    Scope scope = new Scope(context, null, environment);
    scope.sources.add(Source.ofRow(target.table().name(), null, row));
    ExpressionBinder expressions = new ExpressionBinder(context, scope);
    List<BoundExpression> values = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ResultItem each : new ResultColumns(expressions).bind(columns)) {
      values.add(each.expression());
      names.add(each.name());
    }
    return new Returning(row, List.copyOf(values), List.copyOf(names));
  }
}
