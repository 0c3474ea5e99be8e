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
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds the expressions that belong to a table. */
final class TableExpressionBinder {

  /** What is wrong with a column name, a parameter or a query within DEFAULT. */
  static final String NOT_CONSTANT = "default value is not constant";

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
        new Defaults(context, row.table().columns()),
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

  /**
   * Refuses a DEFAULT that is not constant. What else is wrong with it is told by the first
   * statement that needs it.
   */
  void checkDefaults() {
    for (Column each : row.table().columns()) {
      try {
        defaultOf(context, each);
      } catch (SqlException e) {
        if (String.valueOf(e.getMessage()).endsWith("] is not constant")) {
          throw e;
        }
      }
    }
  }

  private static @Nullable BoundExpression defaultOf(BindContext context, Column column) {
    Expression expression = column.defaultExpression();
    if (expression == null) {
      return null;
    }
    Scope scope = new Scope(context, null, Environment.STATEMENT);
    scope.schemaExpression = SchemaExpression.DEFAULT;
    try {
      return new ExpressionBinder(context, scope).bind(expression);
    } catch (SqlException e) {
      throw NOT_CONSTANT.equals(e.getMessage())
          ? new SqlException("default value of column [" + column.name() + "] is not constant")
          : e;
    }
  }

  /** The defaults of columns, each bound when it is asked for. */
  private static final class Defaults extends AbstractList<@Nullable BoundExpression> {

    private final BindContext context;
    private final List<Column> columns;
    private final @Nullable BoundExpression[] bound;

    Defaults(BindContext context, List<Column> columns) {
      this.context = context;
      this.columns = columns;
      this.bound = new BoundExpression[columns.size()];
    }

    @Override
    public @Nullable BoundExpression get(int index) {
      if (bound[index] == null) {
        bound[index] = defaultOf(context, columns.get(index));
      }
      return bound[index];
    }

    @Override
    public int size() {
      return bound.length;
    }
  }

  /** An expression over the row. */
  BoundExpression bind(Expression expression, SchemaExpression kind) {
    Scope scope = new Scope(context, null, Environment.STATEMENT);
    scope.schemaExpression = kind;
    scope.sources.add(source);
    return new ExpressionBinder(context, scope).bind(expression);
  }
}
