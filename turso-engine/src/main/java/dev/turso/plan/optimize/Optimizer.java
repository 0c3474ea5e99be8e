package dev.turso.plan.optimize;

import dev.turso.plan.logical.LogicalPlan;

/** Applies the rules. Thread-safe: it keeps nothing. */
public final class Optimizer {

  private static final Rule[] RULES = {
    new FoldConstants(),
    new InlineCommonTables(),
    new StrengthenOuterJoins(),
    new ExistsToSemiJoin(),
    new PropagateConstants(),
  };

  /** Sees a plan after each rule that changed it. */
  @FunctionalInterface
  public interface Trace {
    void changed(String rule, LogicalPlan plan);
  }

  private static final Trace UNSEEN =
      new Trace() {
        @Override
        public void changed(String rule, LogicalPlan plan) {}
      };

  private Optimizer() {}

  /** A plan with the same columns that gives the same rows in the same order. */
  public static LogicalPlan optimize(LogicalPlan plan) {
    return optimize(plan, UNSEEN);
  }

  public static LogicalPlan optimize(LogicalPlan plan, Trace trace) {
    Features features = Features.of(plan);
    LogicalPlan current = plan;
    for (Rule rule : RULES) {
      if (rule.concerns(features)) {
        LogicalPlan after = rule.apply(current);
        if (after != current) {
          trace.changed(rule.name(), after);
          current = after;
        }
      }
    }
    assert current.columns().equals(plan.columns()) : "O1";
    return current;
  }
}
