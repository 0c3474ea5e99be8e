package dev.turso.plan.logical;

/** One method for each kind of plan node; see {@link ExpressionVisitor} for why. */
public interface PlanVisitor<R> {

  R scan(LogicalPlan.Scan node);

  R tableFunction(LogicalPlan.TableFunction node);

  R values(LogicalPlan.Values node);

  R singleRow(LogicalPlan.SingleRow node);

  R filter(LogicalPlan.Filter node);

  R project(LogicalPlan.Project node);

  R join(LogicalPlan.Join node);

  R aggregate(LogicalPlan.Aggregate node);

  R distinct(LogicalPlan.Distinct node);

  R sort(LogicalPlan.Sort node);

  R limit(LogicalPlan.Limit node);

  R setOperation(LogicalPlan.SetOperation node);

  R window(LogicalPlan.Window node);

  R recursive(LogicalPlan.Recursive node);

  R recursiveReference(LogicalPlan.RecursiveReference node);

  R materialize(LogicalPlan.Materialize node);
}
