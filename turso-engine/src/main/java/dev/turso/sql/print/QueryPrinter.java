package dev.turso.sql.print;

import dev.turso.sql.ast.CommonTable;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.IndexHint;
import dev.turso.sql.ast.JoinConstraint;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.ast.TableReference;
import dev.turso.sql.ast.WindowClause;
import dev.turso.sql.ast.With;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries and FROM clauses. */
final class QueryPrinter {

  private final SqlWriter out;
  private final ExpressionPrinter expressions;

  QueryPrinter(SqlWriter out) {
    this.out = out;
    this.expressions = new ExpressionPrinter(out, this);
  }

  ExpressionPrinter expressions() {
    return expressions;
  }

  void parenthesized(Select select) {
    out.append("(");
    print(select);
    out.append(")");
  }

  void print(Select select) {
    with(select.with());
    for (int i = 0; i < select.cores().size(); i++) {
      if (i > 0) {
        out.append(" ").append(select.operators().get(i - 1).sql()).append(" ");
      }
      core(select.cores().get(i));
    }
    expressions.orderBy(" ORDER BY ", select.orderBy());
    limit(select.limit(), select.offset());
  }

  void limit(@Nullable Expression limit, @Nullable Expression offset) {
    expressions.optional(" LIMIT ", limit);
    expressions.optional(" OFFSET ", offset);
  }

  /** {@code WITH … } with a space behind it, or nothing. */
  void with(@Nullable With with) {
    if (with != null) {
      out.append("WITH ").appendIf(with.recursive(), "RECURSIVE ");
      out.list(with.tables(), this::commonTable).append(" ");
    }
  }

  private void commonTable(CommonTable table) {
    out.name(table.name()).optionalNames(table.columns()).append(" AS ");
    out.append(
        switch (table.materialization()) {
          case UNSPECIFIED -> "";
          case MATERIALIZED -> "MATERIALIZED ";
          case NOT_MATERIALIZED -> "NOT MATERIALIZED ";
        });
    parenthesized(table.select());
  }

  private void core(SelectCore core) {
    switch (core) {
      case SelectCore.QuerySpecification query -> query(query);
      case SelectCore.Values values -> {
        out.append("VALUES ");
        out.list(values.rows(), this::row);
      }
    }
  }

  private void row(List<Expression> row) {
    out.append("(");
    expressions.list(row);
    out.append(")");
  }

  private void query(SelectCore.QuerySpecification query) {
    out.append("SELECT ").appendIf(query.distinct(), "DISTINCT ");
    resultColumns(query.resultColumns());
    from(query.from());
    expressions.optional(" WHERE ", query.where());
    if (!query.groupBy().isEmpty()) {
      out.append(" GROUP BY ");
      expressions.list(query.groupBy());
    }
    expressions.optional(" HAVING ", query.having());
    if (!query.windows().isEmpty()) {
      out.append(" WINDOW ").list(query.windows(), this::window);
    }
  }

  private void window(WindowClause window) {
    out.name(window.name()).append(" AS ");
    expressions.window(window.definition());
  }

  void resultColumns(List<ResultColumn> columns) {
    out.list(columns, this::resultColumn);
  }

  private void resultColumn(ResultColumn column) {
    switch (column) {
      case ResultColumn.AllColumns _ -> out.append("*");
      case ResultColumn.AllColumnsOf all -> out.name(all.table()).append(".*");
      case ResultColumn.Computed computed -> {
        expressions.print(computed.expression());
        out.optionalName(" AS ", computed.alias());
      }
    }
  }

  /** {@code  FROM …} with a space before it, or nothing. */
  void from(@Nullable TableReference tables) {
    if (tables != null) {
      out.append(" FROM ");
      table(tables);
    }
  }

  private void table(TableReference table) {
    switch (table) {
      case TableReference.TableName name -> tableName(name);
      case TableReference.TableFunction function -> {
        out.name(function.name()).append("(");
        expressions.list(function.arguments());
        out.append(")").optionalName(" AS ", function.alias());
      }
      case TableReference.DerivedTable derived -> {
        parenthesized(derived.select());
        out.optionalName(" AS ", derived.alias());
      }
      case TableReference.Join join -> join(join);
      case TableReference.Parenthesized inner -> {
        out.append("(");
        table(inner.content());
        out.append(")").optionalName(" AS ", inner.alias());
      }
    }
  }

  void tableName(TableReference.TableName table) {
    out.name(table.name()).optionalName(" AS ", table.alias());
    IndexHint hint = table.indexHint();
    if (hint != null) {
      out.append(hint.index() == null ? " NOT INDEXED" : " INDEXED BY ");
      out.optionalName("", hint.index());
    }
  }

  private void join(TableReference.Join join) {
    table(join.left());
    String operator = join.kind().sql();
    boolean comma = operator.equals(",");
    out.appendIf(!comma, " ").appendIf(join.natural(), "NATURAL ").append(operator).append(" ");
    table(join.right());
    switch (join.constraint()) {
      case null -> {}
      case JoinConstraint.On on -> expressions.optional(" ON ", on.condition());
      case JoinConstraint.Using using -> out.append(" USING ").names(using.columns());
    }
  }
}
