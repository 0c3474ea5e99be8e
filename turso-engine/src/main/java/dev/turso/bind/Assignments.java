package dev.turso.bind;

import dev.turso.bind.BoundInsert.BoundAssignment;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.schema.Column;
import dev.turso.sql.ast.Assignment;
import dev.turso.sql.ast.Name;
import dev.turso.sql.parse.Limits;
import java.util.ArrayList;
import java.util.List;

/** Binds what follows SET. */
final class Assignments {

  private Assignments() {}

  /** One assignment per column; the last one wins where a column is assigned twice. */
  static List<BoundAssignment> bind(
      ExpressionBinder expressions, WriteTargetBinder.Target target, List<Assignment> assignments) {
    boolean lenient = expressions.context.settings.checksSchema();
    Limits.checkColumns(assignments.size(), "in set list");
    List<BoundAssignment> bound = new ArrayList<>();
    for (Assignment each : assignments) {
      List<BoundExpression> values =
          each.columns().size() == 1
              ? List.of(expressions.bind(each.value()))
              : expressions.bindRow(each.value());
      if (values.size() != each.columns().size()) {
        throw new SqlException(
            ResultCode.ERROR,
            each.columns().size() + " columns assigned " + values.size() + " values",
            each.value().position());
      }
      for (int i = 0; i < values.size(); i++) {
        int column = column(target, each.columns().get(i), lenient);
        bound.removeIf(earlier -> earlier.column() == column);
        bound.add(new BoundAssignment(column, values.get(i)));
      }
    }
    return List.copyOf(bound);
  }

  private static int column(WriteTargetBinder.Target target, Name name, boolean lenient) {
    int column = WriteTargetBinder.column(target.table(), target.isView(), name.text());
    if (column == WriteTargetBinder.NONE && lenient) {
      return WriteTargetBinder.ROWID;
    }
    if (column == WriteTargetBinder.NONE) {
      throw new SqlException(ResultCode.ERROR, "no such column: " + name.text(), name.position());
    }
    if (column >= 0) {
      Column found = target.table().columns().get(column);
      if (found.isGenerated()) {
        throw new SqlException(
            ResultCode.ERROR,
            "cannot UPDATE generated column \"" + found.name() + "\"",
            name.position());
      }
    }
    return column;
  }
}
