package dev.turso.bind;

import dev.turso.bind.TableExpressions.BoundCheck;
import dev.turso.bind.TableExpressions.BoundIndex;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.Collate;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.schema.Check;
import dev.turso.schema.Column;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds the expressions that belong to a table. */
final class TableExpressionBinder {

  private final BindContext context;
  private final TableRow row;
  private final Source source;

  TableExpressionBinder(BindContext context, TableRow row) {
    this.context = context;
    this.row = row;
    Table table = row.table();
    this.source = Source.ofRow(table.name(), context.catalog.databaseOf(table).name(), row);
  }

  TableExpressions bind() {
    List<@Nullable BoundExpression> generated = GeneratedColumns.all(context, source);
    List<@Nullable BoundExpression> defaults = new ArrayList<>();
    for (Column each : row.table().columns()) {
      defaults.add(defaultOf(each));
    }
    List<BoundCheck> checks = new ArrayList<>();
    for (Check each : row.table().checks()) {
      checks.add(new BoundCheck(each, bind(each.expression(), SchemaExpression.CHECK)));
    }
    List<BoundIndex> indexes = new ArrayList<>();
    for (Index each : row.table().indexes()) {
      indexes.add(index(each));
    }
    return new TableExpressions(
        row,
        defaults,
        generated,
        GeneratedColumns.order(source, generated),
        List.copyOf(checks),
        List.copyOf(indexes));
  }

  /** The expressions of one index. */
  BoundIndex index(Index index) {
    List<BoundExpression> parts = new ArrayList<>();
    for (IndexPart each : index.storedParts()) {
      parts.add(part(each));
    }
    Expression predicate = index.predicate();
    return new BoundIndex(
        index,
        List.copyOf(parts),
        predicate == null ? null : bind(predicate, SchemaExpression.PARTIAL_INDEX));
  }

  private BoundExpression part(IndexPart part) {
    if (part.isRowid()) {
      return new ColumnReference(Objects.requireNonNull(row.rowid()));
    }
    Expression expression = part.expression();
    if (expression != null) {
      requireNoString(expression);
      BoundExpression bound = bind(expression, SchemaExpression.INDEX_EXPRESSION);
      return bound instanceof Collate collate ? collate.operand() : bound;
    }
    return new ColumnReference(row.columns().get(part.column()));
  }

  /** A string among the columns of an index is a column's name, and this one names none. */
  private static void requireNoString(Expression expression) {
    if (OrderTerms.bare(expression) instanceof Expression.Literal literal
        && literal.kind() == Expression.LiteralKind.STRING) {
      throw new SqlException(
          ResultCode.ERROR, "no such column: " + literal.text(), literal.position());
    }
  }

  private @Nullable BoundExpression defaultOf(Column column) {
    Expression expression = column.defaultExpression();
    if (expression == null) {
      return null;
    }
    Scope scope = new Scope(context, null, Environment.STATEMENT);
    scope.schemaExpression = SchemaExpression.DEFAULT;
    return new ExpressionBinder(context, scope).bind(expression);
  }

  /** An expression over the row. */
  BoundExpression bind(Expression expression, SchemaExpression kind) {
    Scope scope = new Scope(context, null, Environment.STATEMENT);
    scope.schemaExpression = kind;
    scope.sources.add(source);
    return new ExpressionBinder(context, scope).bind(expression);
  }
}
