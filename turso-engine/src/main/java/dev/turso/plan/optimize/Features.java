package dev.turso.plan.optimize;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.Constant;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;

/** What occurs in a plan, found in one walk, so that rules without work cost nothing. */
final class Features extends TreeWalker {

  boolean commonTables;
  boolean joins;
  boolean outerJoins;
  boolean exists;
  boolean constantLogic;

  private Features() {}

  static Features of(LogicalPlan plan) {
    Features features = new Features();
    features.walk(plan);
    return features;
  }

  @Override
  public Boolean materialize(LogicalPlan.Materialize node) {
    commonTables = true;
    return super.materialize(node);
  }

  @Override
  public Boolean join(LogicalPlan.Join node) {
    joins = true;
    outerJoins |= node.kind().padsLeft() || node.kind().padsRight();
    return super.join(node);
  }

  @Override
  public Boolean exists(BoundExpression.Exists node) {
    exists = true;
    return super.exists(node);
  }

  @Override
  public Boolean filter(LogicalPlan.Filter node) {
    constantLogic |= node.predicate() instanceof Constant;
    return super.filter(node);
  }

  @Override
  public Boolean and(BoundExpression.And node) {
    constantLogic |= node.left() instanceof Constant || node.right() instanceof Constant;
    return super.and(node);
  }

  @Override
  public Boolean or(BoundExpression.Or node) {
    constantLogic |= node.left() instanceof Constant || node.right() instanceof Constant;
    return super.or(node);
  }

  @Override
  public Boolean not(BoundExpression.Not node) {
    constantLogic |= node.operand() instanceof Constant;
    return super.not(node);
  }

  @Override
  public Boolean isNull(BoundExpression.IsNull node) {
    constantLogic |= node.operand() instanceof Constant;
    return super.isNull(node);
  }

  @Override
  public Boolean comparison(BoundExpression.Comparison node) {
    constantLogic |= node.left() instanceof Constant && node.right() instanceof Constant;
    return super.comparison(node);
  }
}
