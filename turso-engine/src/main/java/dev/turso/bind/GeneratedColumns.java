package dev.turso.bind;

import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.AffinityApplied;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Column;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds what generated columns are computed from. */
final class GeneratedColumns {

  private GeneratedColumns() {}

  /** The virtual columns of a table that is read as {@code row}. */
  static List<LogicalPlan.Computed> computed(BindContext context, Source row) {
    List<LogicalPlan.Computed> computed = new ArrayList<>();
    Table table = row.requireTable();
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      if (column.isVirtual()) {
        BoundColumn bound = row.columns().get(i).column();
        computed.add(new LogicalPlan.Computed(bound, expression(context, row, column)));
      }
    }
    return computed.isEmpty() ? List.of() : List.copyOf(computed);
  }

  /** As they are, but NULL in the place of a row that an outer join did not find. */
  static List<LogicalPlan.Computed> nullWithoutRow(
      List<LogicalPlan.Computed> computed, BoundColumn rowid) {
    List<LogicalPlan.Computed> guarded = new ArrayList<>();
    for (LogicalPlan.Computed each : computed) {
      BoundExpression present =
          new BoundExpression.IsNull(new BoundExpression.ColumnReference(rowid), true);
      BoundExpression.Branch branch =
          new BoundExpression.Branch(present, Affinity.NONE, Collation.BINARY, each.expression());
      guarded.add(
          new LogicalPlan.Computed(
              each.column(), new BoundExpression.Case(null, List.of(branch), null)));
    }
    return List.copyOf(guarded);
  }

  /** The value of a generated column over a row of its table, its affinity applied. */
  static BoundExpression expression(BindContext context, Source row, Column column) {
    Scope scope = new Scope(context, null, Environment.STATEMENT);
    scope.schemaExpression = SchemaExpression.GENERATED_COLUMN;
    scope.sources.add(row);
    assert column.generator() != null;
    BoundExpression bound = new ExpressionBinder(context, scope).bind(column.generator());
    return new AffinityApplied(bound, column.affinity());
  }

  /** One expression per column, null where it is not generated. */
  static List<@Nullable BoundExpression> all(BindContext context, Source row) {
    List<@Nullable BoundExpression> all = new ArrayList<>();
    for (Column each : row.requireTable().columns()) {
      all.add(each.isGenerated() ? expression(context, row, each) : null);
    }
    return all;
  }

  /** The generated columns, each after those it is computed from. */
  static int[] order(Source row, List<@Nullable BoundExpression> generated) {
    List<Integer> order = new ArrayList<>();
    int[] state = new int[generated.size()];
    for (int i = 0; i < generated.size(); i++) {
      visit(i, row, generated, state, order);
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void visit(
      int at,
      Source row,
      List<@Nullable BoundExpression> generated,
      int[] state,
      List<Integer> order) {
    BoundExpression expression = generated.get(at);
    if (expression == null || state[at] == 2) {
      return;
    }
    if (state[at] == 1) {
      throw new SqlException("generated column loop on \"" + row.columns().get(at).name() + "\"");
    }
    state[at] = 1;
    for (BoundColumn each : FreeColumns.of(expression)) {
      for (int i = 0; i < row.columns().size(); i++) {
        if (row.columns().get(i).column().equals(each)) {
          visit(i, row, generated, state, order);
        }
      }
    }
    state[at] = 2;
    order.add(at);
  }
}
