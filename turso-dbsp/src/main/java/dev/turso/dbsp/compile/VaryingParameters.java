package dev.turso.dbsp.compile;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import java.util.BitSet;

/**
 * The parameters of a plan whose values a circuit looks at anew in each step, so that one circuit
 * serves queries that differ in them, each with a state of its own.
 *
 * <p>These are the ones that stand nowhere but in conditions of filters and joins, beside a column of
 * a table in a comparison: nothing is made of their values when the circuit is compiled, and nothing
 * kept of them between steps.
 */
public final class VaryingParameters extends TreeWalker {

  private final BitSet found = new BitSet();
  private final BitSet elsewhere = new BitSet();
  private boolean inCondition;

  private VaryingParameters() {}

  /** Their indexes, from 0. */
  public static BitSet of(LogicalPlan plan) {
    VaryingParameters walker = new VaryingParameters();
    walker.walk(plan);
    walker.found.andNot(walker.elsewhere);
    return walker.found;
  }

  @Override
  public Boolean filter(LogicalPlan.Filter node) {
    walk(node.input());
    condition(node.predicate());
    return true;
  }

  @Override
  public Boolean join(LogicalPlan.Join node) {
    walk(node.left());
    walk(node.right());
    BoundExpression on = node.condition();
    if (on != null) {
      condition(on);
    }
    return true;
  }

  private void condition(BoundExpression expression) {
    inCondition = true;
    walk(expression);
    inCondition = false;
  }

  @Override
  protected void subplan(LogicalPlan plan) {
    boolean outside = inCondition;
    inCondition = false;
    walk(plan);
    inCondition = outside;
  }

  @Override
  public Boolean comparison(BoundExpression.Comparison node) {
    if (!isCompared(node.left(), node.right()) && !isCompared(node.right(), node.left())) {
      super.comparison(node);
    }
    return true;
  }

  private boolean isCompared(BoundExpression column, BoundExpression value) {
    boolean compared =
        inCondition
            && value instanceof BoundExpression.Parameter
            && ColumnPlaces.plain(column) instanceof BoundExpression.ColumnReference reference
            && reference.column().origin() != null;
    if (compared) {
      found.set(((BoundExpression.Parameter) value).index() - 1);
    }
    return compared;
  }

  @Override
  public Boolean parameter(BoundExpression.Parameter node) {
    elsewhere.set(node.index() - 1);
    return true;
  }
}
