package dev.turso.plan.physical;

import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import java.util.HashSet;
import java.util.Set;

/** Whether a plan reads the row of a recursion that it does not contain itself. */
final class RecursiveUse extends TreeWalker {

  private final Set<Integer> read = new HashSet<>();
  private final Set<Integer> contained = new HashSet<>();

  private RecursiveUse() {}

  static boolean in(LogicalPlan plan) {
    RecursiveUse walker = new RecursiveUse();
    walker.walk(plan);
    walker.read.removeAll(walker.contained);
    return !walker.read.isEmpty();
  }

  @Override
  public Boolean recursive(LogicalPlan.Recursive node) {
    contained.add(node.id());
    return super.recursive(node);
  }

  @Override
  public Boolean recursiveReference(LogicalPlan.RecursiveReference node) {
    read.add(node.id());
    return super.recursiveReference(node);
  }
}
