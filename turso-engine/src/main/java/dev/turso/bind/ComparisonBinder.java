package dev.turso.bind;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.And;
import dev.turso.plan.logical.BoundExpression.Between;
import dev.turso.plan.logical.BoundExpression.Case;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.Comparison;
import dev.turso.plan.logical.BoundExpression.Constant;
import dev.turso.plan.logical.BoundExpression.IsTruth;
import dev.turso.plan.logical.BoundExpression.Not;
import dev.turso.plan.logical.BoundExpression.Parameter;
import dev.turso.plan.logical.BoundExpression.RowComparison;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.schema.Names;
import dev.turso.sql.ast.BinaryOperator;
import dev.turso.sql.ast.Expression;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;

/** Binds comparisons: decides the affinity and the collation of each, of row values too. */
final class ComparisonBinder {

  private final ExpressionBinder expressions;

  ComparisonBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
  }

  BoundExpression comparison(Expression.Binary node) {
    return compare(operator(node.operator()), node.left(), node.right(), node);
  }

  /** IS and IS NOT; against TRUE and FALSE they ask for a truth value. */
  BoundExpression is(Expression.Is node) {
    if (OrderTerms.bare(node.right()) instanceof Expression.ColumnName name
        && ExpressionBinder.isTruthName(name)
        && NameResolver.resolve(expressions.scope, name) == null) {
      boolean truth = Names.same(name.name().text(), "true");
      return new IsTruth(expressions.bind(node.left()), truth, node.negated());
    }
    ComparisonOperator operator =
        node.negated() ? ComparisonOperator.IS_NOT : ComparisonOperator.IS;
    return compare(operator, node.left(), node.right(), node);
  }

  private BoundExpression compare(
      ComparisonOperator operator, Expression left, Expression right, Expression at) {
    return compare(operator, expressions.bindRow(left), expressions.bindRow(right), at);
  }

  private static BoundExpression compare(
      ComparisonOperator operator,
      List<BoundExpression> lefts,
      List<BoundExpression> rights,
      Expression at) {
    if (lefts.size() != rights.size()) {
      throw ExpressionBinder.rowValueMisused(at);
    }
    if (lefts.size() == 1) {
      return of(operator, lefts.getFirst(), rights.getFirst());
    }
    List<Affinity> affinities = new ArrayList<>();
    List<Collation> collations = new ArrayList<>();
    for (int i = 0; i < lefts.size(); i++) {
      affinities.add(Affinity.forComparison(lefts.get(i).affinity(), rights.get(i).affinity()));
      collations.add(Collations.forComparison(lefts.get(i), rights.get(i)));
    }
    return new RowComparison(operator, lefts, rights, affinities, collations);
  }

  /** A comparison of two values, its affinity and collation decided. */
  static BoundExpression of(
      ComparisonOperator operator, BoundExpression left, BoundExpression right) {
    return new Comparison(
        operator,
        left,
        right,
        Affinity.forComparison(left.affinity(), right.affinity()),
        Collations.forComparison(left, right));
  }

  BoundExpression between(Expression.Between node) {
    List<BoundExpression> operand = expressions.bindRow(node.operand());
    List<BoundExpression> low = expressions.bindRow(node.low());
    List<BoundExpression> high = expressions.bindRow(node.high());
    BoundExpression bound;
    if (operand.size() > 1 || low.size() > 1 || high.size() > 1) {
      bound =
          new And(
              compare(ComparisonOperator.GREATER_OR_EQUAL, operand, low, node),
              compare(ComparisonOperator.LESS_OR_EQUAL, operand, high, node));
    } else {
      bound = between(operand.getFirst(), low.getFirst(), high.getFirst());
    }
    return node.negated() ? new Not(bound) : bound;
  }

  private static BoundExpression between(
      BoundExpression operand, BoundExpression low, BoundExpression high) {
    if (operand instanceof ColumnReference
        || operand instanceof Constant
        || operand instanceof Parameter) {
      return new And(
          of(ComparisonOperator.GREATER_OR_EQUAL, operand, low),
          of(ComparisonOperator.LESS_OR_EQUAL, operand, high));
    }
    return new Between(
        operand,
        low,
        high,
        Affinity.forComparison(operand.affinity(), low.affinity()),
        Collations.forComparison(operand, low),
        Affinity.forComparison(operand.affinity(), high.affinity()),
        Collations.forComparison(operand, high));
  }

  /** A CASE whose base is a row value: each WHEN becomes a comparison of its own. */
  BoundExpression rowCase(List<BoundExpression> base, Expression.Case node) {
    List<BoundExpression.Branch> branches = new ArrayList<>();
    for (Expression.When each : node.whens()) {
      BoundExpression test =
          compare(ComparisonOperator.EQUAL, base, expressions.bindRow(each.condition()), node);
      branches.add(
          new BoundExpression.Branch(
              test, Affinity.NONE, Collation.BINARY, expressions.bind(each.result())));
    }
    return new Case(null, branches, expressions.bindNullable(node.otherwise()));
  }

  private static ComparisonOperator operator(BinaryOperator operator) {
    return switch (operator) {
      case EQUAL -> ComparisonOperator.EQUAL;
      case NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
      case LESS -> ComparisonOperator.LESS;
      case LESS_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
      case GREATER -> ComparisonOperator.GREATER;
      case GREATER_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
      default -> throw new IllegalArgumentException(operator.name());
    };
  }
}
