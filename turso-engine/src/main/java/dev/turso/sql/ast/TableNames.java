package dev.turso.sql.ast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the names of tables that a tree reads or writes, wherever they stand in it. */
public final class TableNames {

  private final List<QualifiedName> names = new ArrayList<>();

  private TableNames() {}

  /** The names in a query. */
  public static List<QualifiedName> in(Select select) {
    TableNames collector = new TableNames();
    collector.select(select);
    return collector.names;
  }

  /** The names in a SELECT, INSERT, UPDATE or DELETE; none in other statements. */
  public static List<QualifiedName> in(Statement statement) {
    TableNames collector = new TableNames();
    collector.statement(statement);
    return collector.names;
  }

  /** The names in the subqueries of an expression. */
  public static List<QualifiedName> in(Expression expression) {
    TableNames collector = new TableNames();
    collector.expression(expression);
    return collector.names;
  }

  private void statement(Statement statement) {
    switch (statement) {
      case SelectStatement s -> select(s.select());
      case InsertStatement s -> insert(s);
      case UpdateStatement s -> update(s);
      case DeleteStatement s -> delete(s);
      default -> {}
    }
  }

  private void insert(InsertStatement s) {
    with(s.with());
    names.add(s.table());
    if (s.source() != null) {
      select(s.source());
    }
    for (Upsert each : s.upserts()) {
      optional(each.targetWhere());
      assignments(each.assignments());
      optional(each.where());
    }
    results(s.returning());
  }

  private void update(UpdateStatement s) {
    with(s.with());
    names.add(s.target().name());
    assignments(s.assignments());
    from(s.from());
    optional(s.where());
    results(s.returning());
  }

  private void delete(DeleteStatement s) {
    with(s.with());
    names.add(s.target().name());
    optional(s.where());
    results(s.returning());
  }

  private void with(@Nullable With with) {
    if (with != null) {
      for (CommonTable each : with.tables()) {
        select(each.select());
      }
    }
  }

  private void assignments(List<Assignment> assignments) {
    for (Assignment each : assignments) {
      expression(each.value());
    }
  }

  private void results(List<ResultColumn> columns) {
    for (ResultColumn each : columns) {
      if (each instanceof ResultColumn.Computed computed) {
        expression(computed.expression());
      }
    }
  }

  private void select(Select select) {
    with(select.with());
    for (SelectCore each : select.cores()) {
      switch (each) {
        case SelectCore.QuerySpecification query -> query(query);
        case SelectCore.Values values -> values.rows().forEach(this::all);
      }
    }
    terms(select.orderBy());
    optional(select.limit());
    optional(select.offset());
  }

  private void query(SelectCore.QuerySpecification query) {
    results(query.resultColumns());
    from(query.from());
    optional(query.where());
    all(query.groupBy());
    optional(query.having());
    for (WindowClause each : query.windows()) {
      window(each.definition());
    }
  }

  private void window(WindowDefinition window) {
    all(window.partitionBy());
    terms(window.orderBy());
  }

  private void from(@Nullable TableReference reference) {
    switch (reference) {
      case null -> {}
      case TableReference.TableName table -> names.add(table.name());
      case TableReference.TableFunction function -> {
        names.add(function.name());
        all(function.arguments());
      }
      case TableReference.DerivedTable derived -> select(derived.select());
      case TableReference.Parenthesized inner -> from(inner.content());
      case TableReference.Join join -> {
        from(join.left());
        from(join.right());
        if (join.constraint() instanceof JoinConstraint.On on) {
          expression(on.condition());
        }
      }
    }
  }

  private void terms(List<OrderingTerm> terms) {
    for (OrderingTerm each : terms) {
      expression(each.expression());
    }
  }

  private void all(List<Expression> expressions) {
    for (Expression each : expressions) {
      expression(each);
    }
  }

  private void optional(@Nullable Expression expression) {
    if (expression != null) {
      expression(expression);
    }
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.Literal e -> {}
      case Expression.Parameter e -> {}
      case Expression.ColumnName e -> {}
      case Expression.Unary e -> expression(e.operand());
      case Expression.Binary e -> all(List.of(e.left(), e.right()));
      case Expression.Is e -> all(List.of(e.left(), e.right()));
      case Expression.IsNull e -> expression(e.operand());
      case Expression.Collate e -> expression(e.operand());
      case Expression.Cast e -> expression(e.operand());
      case Expression.Case e -> caseOf(e);
      case Expression.Between e -> all(List.of(e.operand(), e.low(), e.high()));
      case Expression.InList e -> {
        expression(e.operand());
        all(e.list());
      }
      case Expression.InSelect e -> {
        expression(e.operand());
        select(e.select());
      }
      case Expression.InTable e -> {
        expression(e.operand());
        names.add(e.table());
        all(e.arguments());
      }
      case Expression.Exists e -> select(e.select());
      case Expression.ScalarSubquery e -> select(e.select());
      case Expression.RowValue e -> all(e.values());
      case Expression.FunctionCall e -> call(e);
      case Expression.Like e -> {
        all(List.of(e.operand(), e.pattern()));
        optional(e.escape());
      }
      case Expression.Raise e -> optional(e.message());
    }
  }

  private void caseOf(Expression.Case e) {
    optional(e.operand());
    for (Expression.When each : e.whens()) {
      all(List.of(each.condition(), each.result()));
    }
    optional(e.otherwise());
  }

  private void call(Expression.FunctionCall e) {
    all(e.arguments());
    terms(e.orderBy());
    optional(e.filter());
    if (e.over() instanceof Over.InlineWindow inline) {
      window(inline.definition());
    }
  }
}
