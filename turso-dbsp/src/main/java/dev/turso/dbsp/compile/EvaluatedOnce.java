package dev.turso.dbsp.compile;

import dev.turso.dbsp.operator.EvaluatedOperator;
import dev.turso.exec.operator.Executable;
import dev.turso.exec.operator.ExecutableBuilder;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.value.Register;

/** The rows of a plan that reads no table, by the engine's own evaluation. */
final class EvaluatedOnce implements EvaluatedOperator.Source {

  private final LogicalPlan plan;
  private final Register[] parameters;

  EvaluatedOnce(LogicalPlan plan, Register[] parameters) {
    this.plan = plan;
    this.parameters = parameters;
  }

  /** Whether a plan's rows depend on no table and on no row around it. */
  static boolean isConstant(LogicalPlan plan) {
    boolean[] reads = {false};
    new TreeWalker() {
      @Override
      public Boolean scan(LogicalPlan.Scan node) {
        reads[0] = true;
        return super.scan(node);
      }
    }.walk(plan);
    return !reads[0] && FreeColumns.of(plan).isEmpty();
  }

  @Override
  public void rows(EvaluatedOperator.Sink sink) {
    PhysicalPlanner planner =
        new PhysicalPlanner(table -> {
          throw new IllegalStateException(table.name());
        });
    Executable executable = new ExecutableBuilder(planner).executable(plan);
    executable.frame().environment = FixedEnvironment.INSTANCE;
    executable.frame().parameters = parameters;
    executable.open();
    try {
      Register[] row = new Register[executable.columnCount()];
      while (executable.next()) {
        for (int i = 0; i < row.length; i++) {
          row[i] = executable.column(i);
        }
        sink.row(row);
      }
    } finally {
      executable.close();
    }
  }
}
