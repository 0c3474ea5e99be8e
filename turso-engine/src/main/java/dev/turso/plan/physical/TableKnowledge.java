package dev.turso.plan.physical;

import dev.turso.bind.TableExpressions;
import dev.turso.schema.Table;

/** What the planner asks about tables beyond the catalog: their expressions, bound. */
@FunctionalInterface
public interface TableKnowledge {

  /** The expressions of a table and its indexes. */
  TableExpressions of(Table table);
}
