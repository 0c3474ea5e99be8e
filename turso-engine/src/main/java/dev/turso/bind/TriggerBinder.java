package dev.turso.bind;

import dev.turso.bind.BoundTrigger.QueryStep;
import dev.turso.bind.BoundTrigger.Step;
import dev.turso.bind.BoundTrigger.WriteStep;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.UpdateStatement;
import java.util.ArrayList;
import java.util.List;

/** Binds the program of a trigger; NEW and OLD are rows around all its statements. */
final class TriggerBinder {

  private final BindContext context;
  private final Trigger trigger;

  TriggerBinder(BindContext context, Trigger trigger) {
    this.context = context;
    this.trigger = trigger;
  }

  /**
   * @param target the watched table, or the stand-in for the watched view
   */
  BoundTrigger bind(Table target) {
    DatabaseSchema home = context.catalog.database(trigger.databaseIndex());
    boolean anywhere = home == null || trigger.databaseIndex() == Catalog.TEMP;
    String homeName = home == null || anywhere ? null : home.name();
    Scope rows = new Scope(context, null, new Environment(null, homeName, null));
    Environment environment = new Environment(null, homeName, rows);
    rows.inTrigger = true;
    TableRow oldRow = trigger.event() == CreateTrigger.Event.INSERT ? null : row(target);
    TableRow newRow = trigger.event() == CreateTrigger.Event.DELETE ? null : row(target);
    if (oldRow != null) {
      rows.sources.add(Source.ofPseudoTable("old", oldRow));
    }
    if (newRow != null) {
      rows.sources.add(Source.ofPseudoTable("new", newRow));
    }
    BoundExpression when = new ExpressionBinder(context, rows).bindNullable(trigger.when());
    List<Step> body = new ArrayList<>();
    for (Statement each : trigger.body()) {
      body.add(step(each, rows, environment));
    }
    return new BoundTrigger(trigger, oldRow, newRow, when, List.copyOf(body));
  }

  /** In what is done for foreign keys, which is no trigger of a schema, columns are compared as such. */
  private TableRow row(Table target) {
    return trigger.id() == 0 ? context.row(target) : context.rowOfTrigger(target);
  }

  private Step step(Statement statement, Scope rows, Environment environment) {
    return switch (statement) {
      case SelectStatement select ->
          new QueryStep(new SelectBinder(context, rows, environment, false).bind(select.select()));
      case InsertStatement insert ->
          new WriteStep(new InsertBinder(context, rows, environment).bind(insert));
      case UpdateStatement update ->
          new WriteStep(new ChangeBinder(context, rows, environment).bind(update));
      case DeleteStatement delete ->
          new WriteStep(new ChangeBinder(context, rows, environment).bind(delete));
      default -> throw new SqlException("a trigger cannot run this statement");
    };
  }
}
