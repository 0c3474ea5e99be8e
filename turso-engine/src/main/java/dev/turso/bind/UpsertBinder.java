package dev.turso.bind;

import dev.turso.bind.BoundInsert.BoundUpsert;
import dev.turso.bind.WriteTargetBinder.Target;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.Collate;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.Upsert;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the ON CONFLICT clauses of an INSERT. */
final class UpsertBinder {

  private final BindContext context;
  private final @Nullable Scope outer;
  private final Environment environment;
  private final Target target;
  private final @Nullable Name alias;

  UpsertBinder(
      BindContext context,
      @Nullable Scope outer,
      Environment environment,
      Target target,
      @Nullable Name alias) {
    this.context = context;
    this.outer = outer;
    this.environment = environment;
    this.target = target;
    this.alias = alias;
  }

  List<BoundUpsert> bind(List<Upsert> clauses) {
    if (clauses.isEmpty()) {
      return List.of();
    }
    if (target.isView()) {
      throw new SqlException("cannot UPSERT a view");
    }
    List<BoundUpsert> bound = new ArrayList<>();
    for (int i = 0; i < clauses.size(); i++) {
      String which = clauses.size() == 1 ? "" : OrderTerms.ordinal(i + 1) + " ";
      bound.add(bind(clauses.get(i), which));
    }
    return List.copyOf(bound);
  }

  private BoundUpsert bind(Upsert clause, String which) {
    TableRow existing = context.row(target.table());
    TableRow excluded = context.excludedRow(target.table());
    Scope scope = new Scope(context, outer, environment);
    String name = alias == null ? target.table().name() : alias.text();
    scope.sources.add(Source.ofRow(name, target.schema(), existing));
    ExpressionBinder overExisting = new ExpressionBinder(context, scope);
    boolean any = clause.target().isEmpty();
    Index index = null;
    boolean onRowid = false;
    if (!any) {
      List<BoundExpression> terms = new ArrayList<>();
      for (OrderingTerm each : clause.target()) {
        terms.add(overExisting.bind(each.expression()));
      }
      BoundExpression where = overExisting.bindNullable(clause.targetWhere());
      onRowid = isRowid(terms, existing);
      index = onRowid ? null : match(terms, where, existing);
      if (!onRowid && index == null) {
        throw new SqlException(
            which + "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint");
      }
    }
    scope.sources.add(Source.ofPseudoTable("excluded", excluded));
    ExpressionBinder overBoth = new ExpressionBinder(context, scope);
    return new BoundUpsert(
        any,
        onRowid,
        index,
        existing,
        excluded,
        Assignments.bind(overBoth, target, clause.assignments()),
        overBoth.bindNullable(clause.where()));
  }

  private static boolean isRowid(List<BoundExpression> terms, TableRow row) {
    return terms.size() == 1
        && bare(terms.getFirst()) instanceof ColumnReference reference
        && reference.column().equals(row.rowid());
  }

  private @Nullable Index match(
      List<BoundExpression> terms, @Nullable BoundExpression where, TableRow row) {
    Table table = target.table();
    TableExpressionBinder expressions = new TableExpressionBinder(context, row);
    for (Index each : table.indexes()) {
      if (each.unique() && each.parts().size() == terms.size()) {
        TableExpressions.BoundIndex bound = expressions.index(each);
        boolean predicateFits = bound.predicate() == null || bound.predicate().equals(where);
        if (predicateFits && coversAll(bound, terms)) {
          return each;
        }
      }
    }
    return null;
  }

  private static boolean coversAll(TableExpressions.BoundIndex index, List<BoundExpression> terms) {
    for (int i = 0; i < terms.size(); i++) {
      BoundExpression part = index.parts().get(i);
      String collation = index.index().parts().get(i).collation().name();
      boolean found = false;
      for (BoundExpression term : terms) {
        boolean collates =
            !(term instanceof Collate collate) || collate.collation().name().equals(collation);
        found |= collates && bare(term).equals(part);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static BoundExpression bare(BoundExpression term) {
    return term instanceof Collate collate ? bare(collate.operand()) : term;
  }
}
