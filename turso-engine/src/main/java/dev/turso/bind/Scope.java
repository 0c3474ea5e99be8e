package dev.turso.bind;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.WindowClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that one level of a query can see.
 *
 * <p>Its state moves with the clause being bound: what is allowed in WHERE is not what is allowed in
 * the result list.
 */
final class Scope {

  /** How aggregates fare in the clause being bound. */
  enum Aggregates {
    /** They belong to this query. */
    ALLOWED,
    /** This query has none here, and says "misuse of aggregate function". */
    REFUSED,
    /** This query groups, but not here: "misuse of aggregate:". */
    MISPLACED
  }

  final @Nullable Scope outer;
  final Environment environment;
  final List<Source> sources = new ArrayList<>();
  final List<FromJoin> joins = new ArrayList<>();
  final List<ResultColumn.Computed> aliases = new ArrayList<>();
  final AggregateCollector aggregates;
  final WindowCollector windows;
  List<WindowClause> namedWindows = List.of();
  Aggregates aggregatesHere = Aggregates.REFUSED;
  boolean windowsAllowed;

  /** Whether there is a GROUP BY. */
  boolean grouped;

  boolean aliasesVisible;

  /** The alias whose expression is being bound in its place, or null. */
  @Nullable String openAlias;

  /** What is bound here if it is not a statement, which forbids some things; else null. */
  @Nullable SchemaExpression schemaExpression;

  /** Whether RAISE may be used: in the programs of triggers. */
  boolean inTrigger;

  Scope(BindContext context, @Nullable Scope outer, Environment environment) {
    this.outer = outer;
    this.environment = environment;
    this.aggregates = new AggregateCollector(context);
    this.windows = new WindowCollector(context);
    if (outer != null) {
      this.inTrigger = outer.inTrigger;
      this.schemaExpression = outer.schemaExpression;
    }
  }

  /** Whether a source of this level, not one around it, produces the column. */
  boolean owns(BoundColumn column) {
    for (Source each : sources) {
      if (each.owns(column)) {
        return true;
      }
    }
    return false;
  }
}
