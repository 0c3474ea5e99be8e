package dev.turso.plan.optimize;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.And;
import dev.turso.plan.logical.BoundExpression.Comparison;
import dev.turso.plan.logical.BoundExpression.Constant;
import dev.turso.plan.logical.BoundExpression.IsNull;
import dev.turso.plan.logical.BoundExpression.Not;
import dev.turso.plan.logical.BoundExpression.Or;
import dev.turso.plan.logical.ExpressionRewriter;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.PlanRewriter;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.Truth;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons and logic over constants become constants, and what a condition says for nothing is
 * left out. Functions and arithmetic are left to the executor, which computes constants once.
 */
final class FoldConstants implements Rule {

  private static final Constant TRUE = new Constant(Value.integer(1));
  private static final Constant FALSE = new Constant(Value.integer(0));
  private static final Constant NULL = new Constant(Value.NULL);

  @Override
  public String name() {
    return "fold constants";
  }

  @Override
  public boolean concerns(Features features) {
    return features.constantLogic;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return new Plans().rewrite(plan);
  }

  private static final class Plans extends PlanRewriter {

    private final Expressions expressions = new Expressions(this);

    @Override
    public BoundExpression expression(BoundExpression expression) {
      return expressions.rewrite(expression);
    }

    @Override
    public LogicalPlan filter(LogicalPlan.Filter node) {
      LogicalPlan rewritten = super.filter(node);
      if (!(rewritten instanceof LogicalPlan.Filter filter)) {
        return rewritten;
      }
      BoundExpression condition = simplest(filter.predicate());
      return condition == null
          ? filter.input()
          : condition == filter.predicate()
              ? filter
              : new LogicalPlan.Filter(filter.input(), condition);
    }

    @Override
    public LogicalPlan join(LogicalPlan.Join node) {
      LogicalPlan rewritten = super.join(node);
      if (!(rewritten instanceof LogicalPlan.Join join)
          || join.condition() == null
          || join.kind() != LogicalJoinKind.INNER) {
        return rewritten;
      }
      BoundExpression condition = simplest(join.condition());
      return condition == join.condition()
          ? join
          : new LogicalPlan.Join(join.left(), join.right(), join.kind(), condition);
    }

    /** A condition without what is always true; null if it is nothing else. */
    private static @Nullable BoundExpression simplest(BoundExpression condition) {
      List<BoundExpression> conjuncts = Conjuncts.of(condition);
      List<BoundExpression> kept = new ArrayList<>();
      for (BoundExpression each : conjuncts) {
        if (!isTrue(each)) {
          kept.add(each);
        }
      }
      return kept.size() == conjuncts.size() ? condition : Conjuncts.join(kept);
    }
  }

  private static boolean isTrue(BoundExpression e) {
    return e instanceof Constant c && truth(c) == TRUE;
  }

  /** TRUE, FALSE or NULL, as a condition sees a constant. */
  private static Constant truth(Constant constant) {
    Value value = constant.value();
    if (value.isNull()) {
      return NULL;
    }
    return Truth.isTrue(value.tag(), value.bits(), value.ref()) ? TRUE : FALSE;
  }

  private static final class Expressions extends ExpressionRewriter {

    private final Plans plans;

    Expressions(Plans plans) {
      this.plans = plans;
    }

    @Override
    protected LogicalPlan subplan(LogicalPlan plan) {
      return plans.rewrite(plan);
    }

    @Override
    public BoundExpression and(And node) {
      BoundExpression left = rewrite(node.left());
      BoundExpression right = rewrite(node.right());
      Constant l = left instanceof Constant c ? truth(c) : null;
      Constant r = right instanceof Constant c ? truth(c) : null;
      if (l == FALSE || r == FALSE && l != null) {
        return FALSE;
      }
      if (l != null && r != null) {
        return l == TRUE ? r : NULL;
      }
      return left == node.left() && right == node.right() ? node : new And(left, right);
    }

    @Override
    public BoundExpression or(Or node) {
      BoundExpression left = rewrite(node.left());
      BoundExpression right = rewrite(node.right());
      Constant l = left instanceof Constant c ? truth(c) : null;
      Constant r = right instanceof Constant c ? truth(c) : null;
      if (l == TRUE || r == TRUE && l != null) {
        return TRUE;
      }
      if (l != null && r != null) {
        return l == FALSE ? r : NULL;
      }
      return left == node.left() && right == node.right() ? node : new Or(left, right);
    }

    @Override
    public BoundExpression not(Not node) {
      BoundExpression operand = rewrite(node.operand());
      if (operand instanceof Constant c) {
        Constant truth = truth(c);
        return truth == NULL ? NULL : truth == TRUE ? FALSE : TRUE;
      }
      return operand == node.operand() ? node : new Not(operand);
    }

    @Override
    public BoundExpression isNull(IsNull node) {
      BoundExpression operand = rewrite(node.operand());
      if (operand instanceof Constant c) {
        return c.value().isNull() != node.negated() ? TRUE : FALSE;
      }
      return operand == node.operand() ? node : new IsNull(operand, node.negated());
    }

    @Override
    public BoundExpression comparison(Comparison node) {
      BoundExpression rewritten = super.comparison(node);
      return rewritten instanceof Comparison c
              && c.left() instanceof Constant left
              && c.right() instanceof Constant right
          ? compared(c, left.value(), right.value())
          : rewritten;
    }

    private static Constant compared(Comparison c, Value left, Value right) {
      if (!c.operator().isNullSafe() && (left.isNull() || right.isNull())) {
        return NULL;
      }
      Register a = new Register();
      Register b = new Register();
      a.set(left);
      b.set(right);
      boolean numeric = c.operandAffinity().isNumeric();
      if (numeric || c.operandAffinity() == Affinity.TEXT && (isText(a) || isText(b))) {
        c.operandAffinity().apply(a);
        c.operandAffinity().apply(b);
      }
      int order = dev.turso.value.Comparison.compare(a, b, c.collation());
      return c.operator().holds(order) ? TRUE : FALSE;
    }

    private static boolean isText(Register register) {
      return register.tag == Tag.TEXT;
    }
  }
}
