package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import java.util.BitSet;
import java.util.List;

/** The columns that anything in a plan refers to, by name or by position. */
final class UsedColumns extends TreeWalker {

  private final BitSet used;

  UsedColumns(BitSet used) {
    this.used = used;
  }

  void all(List<BoundColumn> columns) {
    for (BoundColumn each : columns) {
      used.set(each.id());
    }
  }

  @Override
  public Boolean columnReference(BoundExpression.ColumnReference node) {
    used.set(node.column().id());
    return true;
  }

  @Override
  public Boolean aggregate(LogicalPlan.Aggregate node) {
    for (LogicalPlan.BareColumn each : node.bare()) {
      used.set(each.source().id());
    }
    return super.aggregate(node);
  }

  @Override
  public Boolean distinct(LogicalPlan.Distinct node) {
    all(node.on());
    return super.distinct(node);
  }

  @Override
  public Boolean setOperation(LogicalPlan.SetOperation node) {
    all(node.left().columns());
    all(node.right().columns());
    return super.setOperation(node);
  }

  @Override
  public Boolean recursive(LogicalPlan.Recursive node) {
    all(node.seed().columns());
    all(node.step().columns());
    return super.recursive(node);
  }

  @Override
  public Boolean materialize(LogicalPlan.Materialize node) {
    all(node.input().columns());
    return super.materialize(node);
  }

  @Override
  public Boolean inSubquery(BoundExpression.InSubquery node) {
    all(node.plan().columns());
    return super.inSubquery(node);
  }

  @Override
  public Boolean scalarSubquery(BoundExpression.ScalarSubquery node) {
    used.set(node.plan().columns().get(node.column()).id());
    return super.scalarSubquery(node);
  }
}
