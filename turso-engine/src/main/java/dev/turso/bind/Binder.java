package dev.turso.bind;

import dev.turso.function.FunctionRegistry;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.schema.Catalog;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.schema.View;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.UpdateStatement;

/**
 * Gives a statement its meaning under one catalog.
 *
 * <p>Everything bound by one binder shares its column ids: use one binder for a statement and what
 * belongs to it (the expressions of its target table, its triggers), and another for the next
 * statement. All methods throw {@link dev.turso.error.SqlException} with SQLite's message for what
 * means nothing. Used by one thread.
 *
 * @see BinderSettings
 */
public final class Binder {

  private final BindContext context;

  public Binder(Catalog catalog, FunctionRegistry functions, BinderSettings settings) {
    this.context = new BindContext(catalog, functions, settings);
  }

  /** A query. */
  public BoundQuery bindSelect(Select select) {
    return new SelectBinder(context, null, Environment.STATEMENT, false).bind(select);
  }

  public BoundWrite bindInsert(InsertStatement statement) {
    return new InsertBinder(context, null, Environment.STATEMENT).bind(statement);
  }

  public BoundWrite bindUpdate(UpdateStatement statement) {
    return new ChangeBinder(context, null, Environment.STATEMENT).bind(statement);
  }

  public BoundWrite bindDelete(DeleteStatement statement) {
    return new ChangeBinder(context, null, Environment.STATEMENT).bind(statement);
  }

  /**
   * The program of a trigger.
   *
   * @param target the table it watches, or {@link #standInFor} of the view
   */
  public BoundTrigger bindTrigger(Trigger trigger, Table target) {
    return new TriggerBinder(context, trigger).bind(target);
  }

  /** Every expression that belongs to a table, over a new row of it. */
  public TableExpressions tableExpressions(Table table) {
    return tableExpressions(context.row(table));
  }

  /** Refuses a DEFAULT that is not constant. */
  public void checkDefaults(Table table) {
    new TableExpressionBinder(context, context.row(table)).checkDefaults();
  }

  /** Every expression that belongs to a table, over a given row: a scan's columns, say. */
  public TableExpressions tableExpressions(TableRow row) {
    return new TableExpressionBinder(context, row).bind();
  }

  /** An expression over a row of a table, as CHECK and index expressions are; no subqueries. */
  public BoundExpression bindExpression(Expression expression, TableRow row) {
    return new TableExpressionBinder(context, row).bind(expression, SchemaExpression.CHECK);
  }

  /** An expression without columns: a pragma's argument, the file of an ATTACH. */
  public BoundExpression bindExpression(Expression expression) {
    Scope scope = new Scope(context, null, Environment.STATEMENT);
    return new ExpressionBinder(context, scope).bind(expression);
  }

  /** A row of a table for expressions to refer to. */
  public TableRow newRow(Table table) {
    return context.row(table);
  }

  /** Binds what a view selects, and throws what is wrong with it. */
  public void checkView(View view) {
    new WriteTargetBinder(context, Environment.STATEMENT).query(view);
  }

  /** A table with the columns of a view: the target of its INSTEAD OF triggers. */
  public Table standInFor(View view) {
    return new WriteTargetBinder(context, Environment.STATEMENT).standIn(view);
  }
}
