package dev.turso.plan.physical;

import dev.turso.function.FunctionTrait;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ExpressionRewriter;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.PlanRewriter;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.value.Affinity;
import java.util.List;
import java.util.Map;

/** Puts expressions in place of the columns they define. */
final class Substitution extends ExpressionRewriter {

  private final Map<BoundColumn, BoundExpression> definitions;

  private final PlanRewriter plans =
      new PlanRewriter() {
        @Override
        public BoundExpression expression(BoundExpression expression) {
          return Substitution.this.rewrite(expression);
        }
      };

  Substitution(Map<BoundColumn, BoundExpression> definitions) {
    this.definitions = definitions;
  }

  @Override
  public BoundExpression columnReference(BoundExpression.ColumnReference node) {
    BoundExpression definition = definitions.get(node.column());
    if (definition == null) {
      return node;
    }
    BoundExpression rewritten = rewrite(definition);
    return isJson(definition)
        ? new BoundExpression.AffinityApplied(rewritten, Affinity.BLOB)
        : rewritten;
  }

  /**
   * Whether the column's value is known to be JSON, which a column does not tell of: the node around
   * it hides that. An extraction is left alone, so that an index on it is still seen.
   */
  private static boolean isJson(BoundExpression definition) {
    return switch (definition) {
      case BoundExpression.FunctionCall call -> {
        String name = call.function().signature().name();
        yield name.startsWith("json") && !name.endsWith("_extract") || name.equals("->");
      }
      case BoundExpression.Coalesce coalesce ->
          coalesce.arguments().stream().anyMatch(Substitution::isJson);
      case BoundExpression.Case choice ->
          choice.branches().stream().anyMatch(each -> isJson(each.result()))
              || choice.otherwise() != null && isJson(choice.otherwise());
      case BoundExpression.UnaryPlus plus -> isJson(plus.operand());
      default -> false;
    };
  }

  @Override
  protected LogicalPlan subplan(LogicalPlan plan) {
    return plans.rewrite(plan);
  }

  LogicalPlan inPlan(LogicalPlan plan) {
    return plans.rewrite(plan);
  }

  /** Whether the expressions may be computed again, elsewhere: no subqueries, nothing random. */
  static boolean isPure(List<BoundExpression> expressions) {
    Purity purity = new Purity();
    purity.walkAll(expressions);
    return purity.pure;
  }

  private static final class Purity extends TreeWalker {
    boolean pure = true;

    @Override
    protected void subplan(LogicalPlan plan) {
      pure = false;
    }

    @Override
    public Boolean functionCall(BoundExpression.FunctionCall node) {
      if (!node.function().has(FunctionTrait.DETERMINISTIC)) {
        pure = false;
      }
      return super.functionCall(node);
    }

    @Override
    public Boolean raise(BoundExpression.Raise node) {
      pure = false;
      return true;
    }
  }
}
