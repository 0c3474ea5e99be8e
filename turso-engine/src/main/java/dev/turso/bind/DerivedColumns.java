package dev.turso.bind;

import dev.turso.bind.SelectBinder.BoundCore;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.Case;
import dev.turso.plan.logical.BoundExpression.Collate;
import dev.turso.plan.logical.BoundExpression.Concat;
import dev.turso.plan.logical.BoundExpression.Constant;
import dev.turso.plan.logical.BoundExpression.UnaryPlus;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of queries made of several SELECTs, and of queries that stand in FROM. */
final class DerivedColumns {

  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int BLOB = 4;

  private DerivedColumns() {}

  /** The columns of a compound of some cores, with the affinities that these give it. */
  static List<BoundColumn> of(
      BindContext context, List<BoundCore> cores, LogicalPlan left, List<Affinity> affinities) {
    List<BoundColumn> columns = new ArrayList<>();
    for (int i = 0; i < left.columns().size(); i++) {
      BoundColumn first = left.columns().get(i);
      List<BoundExpression> values = new ArrayList<>();
      for (BoundCore each : cores) {
        values.add(each.items().get(i).expression());
      }
      columns.add(
          context.column(
              first.name(),
              affinities.get(i),
              collation(first, values),
              true,
              first.origin(),
              first.declaredType()));
    }
    return List.copyOf(columns);
  }

  private static @Nullable Collation collation(BoundColumn first, List<BoundExpression> values) {
    if (first.collation() != null) {
      return first.collation();
    }
    for (BoundExpression each : values) {
      Collation found = Collations.of(each);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * The affinity of a column whose values come from several expressions: that of the first that has
   * one, unless another may bring a value of another kind.
   */
  static Affinity affinity(List<BoundExpression> values) {
    int kinds = 0;
    int at = 0;
    Affinity affinity = values.getFirst().affinity();
    while (affinity == Affinity.NONE && at + 1 < values.size()) {
      kinds |= kinds(values.get(at));
      affinity = values.get(++at).affinity();
    }
    for (int i = at + 1; i < values.size(); i++) {
      kinds |= kinds(values.get(i));
    }
    boolean foreign =
        affinity == Affinity.TEXT && (kinds & NUMBER) != 0
            || affinity.isNumeric() && (kinds & TEXT) != 0;
    if (foreign) {
      return Affinity.BLOB;
    }
    boolean cast = values.size() > 1 && values.getFirst() instanceof BoundExpression.Cast;
    return cast && affinity.isNumeric() ? Affinity.NUMERIC : affinity;
  }

  /** The affinities of columns whose values come from all of some cores. */
  static List<Affinity> affinities(List<BoundCore> cores) {
    List<Affinity> affinities = new ArrayList<>();
    for (int i = 0; i < cores.getFirst().items().size(); i++) {
      List<BoundExpression> values = new ArrayList<>();
      for (BoundCore each : cores) {
        values.add(each.items().get(i).expression());
      }
      affinities.add(affinity(values));
    }
    return affinities;
  }

  /**
   * A compound as who reads it from a FROM clause sees it: a column of affinity REAL has reals, also
   * where a SELECT gave an integer.
   */
  static LogicalPlan reals(
      BindContext context, LogicalPlan plan, List<BoundCore> cores, List<Affinity> affinities) {
    List<BoundExpression> expressions = new ArrayList<>();
    boolean changes = false;
    for (int i = 0; i < plan.columns().size(); i++) {
      BoundExpression value = new BoundExpression.ColumnReference(plan.columns().get(i));
      if (affinities.get(i) == Affinity.REAL && mayBeInteger(cores, i)) {
        value = new BoundExpression.AffinityApplied(value, Affinity.REAL);
        changes = true;
      }
      expressions.add(value);
    }
    if (!changes) {
      return plan;
    }
    List<BoundColumn> columns = new ArrayList<>();
    for (BoundColumn each : plan.columns()) {
      columns.add(context.copy(each));
    }
    return new LogicalPlan.Project(plan, expressions, columns);
  }

  private static boolean mayBeInteger(List<BoundCore> cores, int item) {
    for (BoundCore each : cores) {
      if (each.items().get(item).expression().affinity() != Affinity.REAL) {
        return true;
      }
    }
    return false;
  }

  /** The kinds of value that an expression may have. */
  private static int kinds(BoundExpression expression) {
    if (expression instanceof Collate collate) {
      return kinds(collate.operand());
    }
    if (expression instanceof UnaryPlus plus) {
      return kinds(plus.operand());
    }
    if (expression instanceof Constant constant) {
      return switch (constant.value().tag()) {
        case Tag.NULL -> 0;
        case Tag.TEXT -> TEXT;
        case Tag.BLOB -> BLOB;
        default -> NUMBER;
      };
    }
    if (expression instanceof Concat) {
      return TEXT | BLOB;
    }
    if (expression instanceof Case node) {
      int kinds = node.otherwise() == null ? 0 : kinds(node.otherwise());
      for (BoundExpression.Branch each : node.branches()) {
        kinds |= kinds(each.result());
      }
      return kinds;
    }
    return kindsByAffinity(expression);
  }

  private static int kindsByAffinity(BoundExpression expression) {
    if (expression instanceof BoundExpression.ColumnReference
        || expression instanceof BoundExpression.Cast
        || expression instanceof BoundExpression.ScalarSubquery) {
      Affinity affinity = expression.affinity();
      return affinity.isNumeric() ? NUMBER | BLOB : affinity == Affinity.TEXT ? TEXT | BLOB : 7;
    }
    boolean anything =
        expression instanceof BoundExpression.Parameter
            || expression instanceof BoundExpression.FunctionCall
            || expression instanceof BoundExpression.Coalesce;
    return anything ? NUMBER | TEXT | BLOB : NUMBER;
  }
}
