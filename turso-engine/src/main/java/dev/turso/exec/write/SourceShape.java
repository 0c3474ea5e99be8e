package dev.turso.exec.write;

import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;

/** What the source of an INSERT looks like. */
final class SourceShape extends TreeWalker {

  private boolean reads;

  private SourceShape() {}

  /** Whether the plan has exactly one row, written out. */
  static boolean isOneRow(LogicalPlan plan) {
    return switch (plan) {
      case LogicalPlan.SingleRow s -> true;
      case LogicalPlan.Project p -> isOneRow(p.input());
      case LogicalPlan.Values v -> v.rows().size() == 1;
      default -> false;
    };
  }

  /** Whether the plan is one row of VALUES, or DEFAULT VALUES. */
  static boolean isOneValuesRow(LogicalPlan plan) {
    return plan instanceof LogicalPlan.SingleRow
        || plan instanceof LogicalPlan.Values values && values.rows().size() == 1;
  }

  /** Whether the plan reads any table. */
  static boolean reads(LogicalPlan plan) {
    SourceShape shape = new SourceShape();
    shape.walk(plan);
    return shape.reads;
  }

  @Override
  public Boolean scan(LogicalPlan.Scan node) {
    reads = true;
    return super.scan(node);
  }

  @Override
  public Boolean tableFunction(LogicalPlan.TableFunction node) {
    reads = true;
    return super.tableFunction(node);
  }
}
