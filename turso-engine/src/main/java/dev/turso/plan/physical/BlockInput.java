package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One input of a join block: a table, a function, or a relation planned on its own. */
final class BlockInput {

  final int number;
  LogicalPlan plan;

  /** INNER, CROSS or LEFT: how it joins what stands left of it in the text. */
  LogicalJoinKind kind;

  /** The ON conditions of a LEFT input. */
  final List<Conjunct> on = new ArrayList<>();

  final BitSet columns = new BitSet();

  /** Inputs that must come before this one. */
  long before;

  BlockInput(int number, LogicalPlan plan, LogicalJoinKind kind) {
    this.number = number;
    this.plan = plan;
    this.kind = kind;
    for (BoundColumn each : plan.columns()) {
      columns.set(each.id());
    }
    if (plan instanceof LogicalPlan.Scan scan) {
      for (LogicalPlan.Computed each : scan.computed()) {
        columns.set(each.column().id());
      }
    }
  }

  long bit() {
    return 1L << number;
  }
}
