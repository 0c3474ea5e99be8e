package dev.turso.plan.logical;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The columns that a tree refers to and does not produce: what makes a subquery correlated. */
public final class FreeColumns extends TreeWalker {

  private final Set<BoundColumn> referenced = new LinkedHashSet<>();
  private final Set<BoundColumn> produced = new HashSet<>();

  private FreeColumns() {}

  /** The free columns of a plan, in the order of their first mention. */
  public static Set<BoundColumn> of(LogicalPlan plan) {
    FreeColumns walker = new FreeColumns();
    walker.walk(plan);
    return walker.free();
  }

  /** All columns an expression depends on: its own, and the free ones of its subqueries. */
  public static Set<BoundColumn> of(BoundExpression expression) {
    FreeColumns walker = new FreeColumns();
    walker.walk(expression);
    return walker.free();
  }

  /** All columns some expressions depend on. */
  public static Set<BoundColumn> of(List<BoundExpression> expressions) {
    FreeColumns walker = new FreeColumns();
    walker.walkAll(expressions);
    return walker.free();
  }

  private Set<BoundColumn> free() {
    referenced.removeAll(produced);
    return referenced;
  }

  @Override
  public Boolean columnReference(BoundExpression.ColumnReference node) {
    referenced.add(node.column());
    return true;
  }

  @Override
  public Boolean scan(LogicalPlan.Scan node) {
    produced.addAll(node.columns());
    for (LogicalPlan.Computed each : node.computed()) {
      produced.add(each.column());
    }
    return super.scan(node);
  }

  @Override
  public Boolean tableFunction(LogicalPlan.TableFunction node) {
    produced.addAll(node.columns());
    return super.tableFunction(node);
  }

  @Override
  public Boolean values(LogicalPlan.Values node) {
    produced.addAll(node.columns());
    return super.values(node);
  }

  @Override
  public Boolean project(LogicalPlan.Project node) {
    produced.addAll(node.columns());
    return super.project(node);
  }

  @Override
  public Boolean aggregate(LogicalPlan.Aggregate node) {
    for (LogicalPlan.BareColumn each : node.bare()) {
      referenced.add(each.source());
    }
    produced.addAll(node.columns());
    return super.aggregate(node);
  }

  @Override
  public Boolean setOperation(LogicalPlan.SetOperation node) {
    produced.addAll(node.columns());
    return super.setOperation(node);
  }

  @Override
  public Boolean window(LogicalPlan.Window node) {
    for (WindowCall each : node.calls()) {
      produced.add(each.output());
    }
    return super.window(node);
  }

  @Override
  public Boolean recursive(LogicalPlan.Recursive node) {
    produced.addAll(node.columns());
    return super.recursive(node);
  }

  @Override
  public Boolean recursiveReference(LogicalPlan.RecursiveReference node) {
    produced.addAll(node.columns());
    return super.recursiveReference(node);
  }

  @Override
  public Boolean materialize(LogicalPlan.Materialize node) {
    produced.addAll(node.columns());
    return super.materialize(node);
  }
}
