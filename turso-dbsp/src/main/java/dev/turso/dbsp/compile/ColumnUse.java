package dev.turso.dbsp.compile;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.plan.logical.WindowCall;
import java.util.BitSet;
import java.util.List;

/** Which columns of a plan something looks at, and the highest column id. */
final class ColumnUse extends TreeWalker {

  private final BitSet used = new BitSet();
  private int highest;

  static ColumnUse of(LogicalPlan plan) {
    ColumnUse use = new ColumnUse();
    use.useAll(plan.columns());
    use.walk(plan);
    return use;
  }

  boolean has(BoundColumn column) {
    return used.get(column.id());
  }

  int highest() {
    return highest;
  }

  private void useAll(List<BoundColumn> columns) {
    for (BoundColumn each : columns) {
      used.set(each.id());
    }
    seen(columns);
  }

  private void seen(List<BoundColumn> columns) {
    for (BoundColumn each : columns) {
      highest = Math.max(highest, each.id());
    }
  }

  @Override
  public Boolean columnReference(BoundExpression.ColumnReference node) {
    used.set(node.column().id());
    return true;
  }

  @Override
  protected void subplan(LogicalPlan plan) {
    useAll(plan.columns());
    super.subplan(plan);
  }

  @Override
  public Boolean scan(LogicalPlan.Scan node) {
    seen(node.columns());
    return super.scan(node);
  }

  @Override
  public Boolean tableFunction(LogicalPlan.TableFunction node) {
    seen(node.columns());
    return super.tableFunction(node);
  }

  @Override
  public Boolean values(LogicalPlan.Values node) {
    seen(node.columns());
    return super.values(node);
  }

  @Override
  public Boolean project(LogicalPlan.Project node) {
    seen(node.columns());
    return super.project(node);
  }

  @Override
  public Boolean aggregate(LogicalPlan.Aggregate node) {
    for (LogicalPlan.BareColumn each : node.bare()) {
      used.set(each.source().id());
    }
    seen(node.columns());
    return super.aggregate(node);
  }

  @Override
  public Boolean distinct(LogicalPlan.Distinct node) {
    useAll(node.columns());
    return super.distinct(node);
  }

  @Override
  public Boolean setOperation(LogicalPlan.SetOperation node) {
    seen(node.columns());
    useAll(node.left().columns());
    useAll(node.right().columns());
    return super.setOperation(node);
  }

  @Override
  public Boolean window(LogicalPlan.Window node) {
    for (WindowCall each : node.calls()) {
      seen(List.of(each.output()));
    }
    useAll(node.input().columns());
    return super.window(node);
  }

  @Override
  public Boolean recursive(LogicalPlan.Recursive node) {
    seen(node.columns());
    useAll(node.seed().columns());
    useAll(node.step().columns());
    return super.recursive(node);
  }

  @Override
  public Boolean recursiveReference(LogicalPlan.RecursiveReference node) {
    seen(node.columns());
    return true;
  }

  @Override
  public Boolean materialize(LogicalPlan.Materialize node) {
    seen(node.columns());
    useAll(node.input().columns());
    return super.materialize(node);
  }
}
