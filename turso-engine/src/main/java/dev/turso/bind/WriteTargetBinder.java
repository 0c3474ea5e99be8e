package dev.turso.bind;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Catalog;
import dev.turso.schema.Column;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.schema.Trigger;
import dev.turso.schema.View;
import dev.turso.sql.ast.Assignment;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.TableReference;
import dev.turso.value.Affinity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the table or view that a statement writes to. */
final class WriteTargetBinder {

  /**
   * What is written to.
   *
   * @param table the table, or a stand-in for {@code view}
   */
  record Target(Table table, @Nullable View view, String schema) {
    boolean isView() {
      return view != null;
    }
  }

  private final BindContext context;
  private final Environment environment;

  WriteTargetBinder(BindContext context, Environment environment) {
    this.context = context;
    this.environment = environment;
  }

  Target find(QualifiedName name, CreateTrigger.Event event) {
    return find(name, event, List.of());
  }

  /**
   * As {@link #find(QualifiedName, CreateTrigger.Event)} for an UPDATE: a view needs a trigger that
   * the assignments fire.
   */
  Target find(QualifiedName name, CreateTrigger.Event event, List<Assignment> assignments) {
    String schema = environment.database(name);
    Table table = context.catalog.table(schema, name.name().text());
    if (table != null) {
      requireWritable(table);
      return new Target(withColumns(table), null, context.catalog.databaseOf(table).name());
    }
    View view = context.catalog.view(schema, name.name().text());
    if (view == null) {
      throw TableBinder.noSuchTable(name, environment);
    }
    if (!hasInsteadTrigger(view, event, assignments)) {
      throw new SqlException(
          ResultCode.ERROR,
          "cannot modify " + view.name() + " because it is a view",
          name.name().position());
    }
    return new Target(standIn(view), view, home(view));
  }

  private void requireWritable(Table table) {
    if (table.kind() == TableKind.SCHEMA && !context.settings.writableSchema()) {
      String name = table.databaseIndex() == Catalog.TEMP ? "sqlite_temp_master" : "sqlite_master";
      throw new SqlException("table " + name + " may not be modified");
    }
    if (table.materializedView()) {
      throw new SqlException(
          "cannot modify " + table.name() + " because it is a materialized view");
    }
  }

  /** The table, if it is virtual with the columns that its module gives it. */
  private Table withColumns(Table table) {
    return table.kind() == TableKind.VIRTUAL
        ? Table.standInFor(table, TableBinder.moduleOf(context, table).columns())
        : table;
  }

  private boolean hasInsteadTrigger(
      View view, CreateTrigger.Event event, List<Assignment> assignments) {
    for (Trigger each : context.catalog.triggersOn(view.databaseIndex(), view.name(), event)) {
      if (each.time() == CreateTrigger.Time.INSTEAD_OF && isFired(each, assignments)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFired(Trigger trigger, List<Assignment> assignments) {
    boolean fired = trigger.updateOf().isEmpty() || assignments.isEmpty();
    for (String of : trigger.updateOf()) {
      for (Assignment each : assignments) {
        for (Name column : each.columns()) {
          fired |= Names.same(of, column.text());
        }
      }
    }
    return fired;
  }

  /** The table whose columns are the view's. */
  Table standIn(View view) {
    Source source = source(view, view.name());
    List<Column> columns = new ArrayList<>();
    for (Source.SourceColumn each : source.columns()) {
      BoundColumn bound = each.column();
      columns.add(Column.of(each.name(), typeName(bound), bound.affinity()));
    }
    return Table.standInFor(view, columns);
  }

  /** What a view's column is declared as: as the column it comes from if that still fits. */
  private static @Nullable String typeName(BoundColumn column) {
    String declared = column.declaredType();
    if (declared != null && Affinity.ofDeclaredType(declared) == column.affinity()) {
      return declared;
    }
    return switch (column.affinity()) {
      case INTEGER -> "INT";
      case NUMERIC -> "NUM";
      case REAL -> "REAL";
      case TEXT -> "TEXT";
      case BLOB -> "BLOB";
      case NONE -> null;
    };
  }

  /** The rows of the target, to be changed. */
  Source source(Target target, TableReference.TableName reference) {
    String alias = reference.alias() == null ? target.table().name() : reference.alias().text();
    View view = target.view();
    if (view != null) {
      return source(view, alias);
    }
    if (target.table().kind() == TableKind.VIRTUAL) {
      TableBinder tables = new TableBinder(context, new Scope(context, null, environment));
      return tables.function(TableBinder.moduleOf(context, target.table()), alias);
    }
    LogicalPlan.IndexChoice choice = TableBinder.choice(target.table(), reference.indexHint());
    return TableBinder.scan(
        context, target.table(), alias, target.schema(), choice.forRows(), false);
  }

  /** Binds what a view selects, whether or not it has as many columns as the view names. */
  void query(View view) {
    int database = view.databaseIndex();
    Environment inner = new Environment(null, database == 1 ? null : home(view), null);
    new SelectBinder(context, null, inner, true).bind(view.select());
  }

  private String home(View view) {
    return Objects.requireNonNull(context.catalog.database(view.databaseIndex())).name();
  }

  private Source source(View view, String alias) {
    Scope scope = new Scope(context, null, environment);
    String schema = home(view);
    QualifiedName name = new QualifiedName(Name.of(schema), Name.of(view.name()));
    return new TableBinder(context, scope)
        .named(new TableReference.TableName(name, Name.of(alias), null), false, null);
  }

  /** The column of a name, {@link #ROWID} for the rowid without a column of its own, or -2. */
  static int column(Table table, boolean isView, String name) {
    int at = table.columnIndex(name);
    if (at >= 0) {
      return at;
    }
    if (!isView && !table.withoutRowid() && NameResolver.isRowid(name)) {
      return table.rowidAlias() >= 0 ? table.rowidAlias() : ROWID;
    }
    return NONE;
  }

  static final int ROWID = -1;
  static final int NONE = -2;

  /** Whether a column is there to be written: not generated, and not hidden. */
  static boolean isOrdinary(Column column) {
    return !column.isGenerated() && !column.hidden();
  }
}
