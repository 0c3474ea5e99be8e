package dev.turso.dbsp.view;

import dev.turso.bind.Binder;
import dev.turso.bind.BinderSettings;
import dev.turso.dbsp.compile.ColumnDefaults;
import dev.turso.error.DatabaseException;
import dev.turso.exec.expression.ExpressionCompiler;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Locations;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.value.Register;
import dev.turso.value.Value;

/** Evaluates the defaults that ALTER TABLE ADD COLUMN left to rows written before it. */
public final class TableDefaults implements ColumnDefaults {

  private final DatabaseSchema schema;

  public TableDefaults(DatabaseSchema schema) {
    this.schema = schema;
  }

  @Override
  public Value of(Table table, int column) {
    Binder binder =
        new Binder(ViewQuery.alone(schema), BuiltInFunctions.registry(), BinderSettings.DEFAULT);
    BoundExpression bound = binder.tableExpressions(table).defaults().get(column);
    if (bound == null) {
      return Value.NULL;
    }
    try {
      Register value = new Register();
      new ExpressionCompiler(new Locations()).compile(bound).evalInto(new Frame(), value);
      table.columns().get(column).affinity().apply(value);
      return value.toValue();
    } catch (DatabaseException | IllegalStateException e) {
      // A default that is no constant cannot have come by ADD COLUMN: no row lacks the column.
      return Value.NULL;
    }
  }
}
