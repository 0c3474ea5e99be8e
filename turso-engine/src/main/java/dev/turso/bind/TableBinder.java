package dev.turso.bind;

import dev.turso.bind.Source.SourceColumn;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.schema.Column;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.schema.View;
import dev.turso.sql.ast.IndexHint;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.TableReference;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes sources of the leaves of FROM clauses: tables, views, common tables, functions, subqueries. */
final class TableBinder {

  private final BindContext context;
  private final Scope scope;

  TableBinder(BindContext context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  /**
   * @param padded whether an outer join may put NULLs in place of the rows
   * @param recursive the common table that this FROM clause may read recursively, or null
   */
  Source named(
      TableReference.TableName reference, boolean padded, CommonTables.@Nullable Entry recursive) {
    QualifiedName name = reference.name();
    String alias = reference.alias() == null ? name.name().text() : reference.alias().text();
    if (name.schema() == null) {
      CommonTables.Entry entry =
          CommonTables.find(scope.environment.commonTables(), name.name().text());
      if (entry != null) {
        return common(entry, alias, entry == recursive);
      }
    }
    String schema = scope.environment.database(name);
    Table table = context.catalog.table(schema, name.name().text());
    if (table != null) {
      return ofTable(table, reference, alias, padded);
    }
    View view = context.catalog.view(schema, name.name().text());
    if (view != null) {
      return ofView(view, alias);
    }
    TableValuedFunction function =
        name.schema() == null ? context.settings.tableFunction(name.name().text()) : null;
    if (function != null) {
      return function(function, alias);
    }
    throw noSuchTable(name, scope.environment);
  }

  static SqlException noSuchTable(QualifiedName name, Environment environment) {
    String home = environment.home();
    String text = name.schema() == null && home != null ? home + "." + name : name.toString();
    return new SqlException(ResultCode.ERROR, "no such table: " + text, name.name().position());
  }

  private Source common(CommonTables.Entry entry, String alias, boolean direct) {
    if (entry.recursive != null && direct) {
      CommonTables.RecursiveTable table = entry.recursive;
      List<BoundColumn> columns = copies(table.columns(), table.names());
      return new Source(
          alias,
          null,
          null,
          named(table.names(), columns),
          null,
          new LogicalPlan.RecursiveReference(table.id(), entry.name(), columns));
    }
    if (entry.closed != null) {
      throw entry.closedError();
    }
    CommonTables.Shared shared = new CommonTableBinder(context, entry, scope.environment).bind();
    List<BoundColumn> columns = copies(shared.plan().columns(), shared.names());
    return new Source(
        alias,
        null,
        null,
        named(shared.names(), columns),
        null,
        new LogicalPlan.Materialize(shared.id(), entry.name(), shared.plan(), columns));
  }

  private List<BoundColumn> copies(List<BoundColumn> columns, List<String> names) {
    List<BoundColumn> copies = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      BoundColumn of = columns.get(i);
      copies.add(
          context.column(
              names.get(i),
              of.affinity(),
              of.collationOrBinary(),
              true,
              of.origin(),
              of.declaredType()));
    }
    return List.copyOf(copies);
  }

  private static List<SourceColumn> named(List<String> names, List<BoundColumn> columns) {
    List<SourceColumn> list = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      list.add(new SourceColumn(names.get(i), false, columns.get(i)));
    }
    return list;
  }

  private Source ofTable(
      Table table, TableReference.TableName reference, String alias, boolean padded) {
    LogicalPlan.IndexChoice choice = choice(table, reference.indexHint());
    if (table.materializedView() && context.settings.readAsQuery(table)) {
      Select select = Objects.requireNonNull(table.materializedSelect());
      return expanded(table.name(), table.databaseIndex(), select, null, alias, true);
    }
    if (table.kind() == TableKind.VIRTUAL) {
      return function(moduleOf(context, table), alias);
    }
    String schema = context.catalog.databaseOf(table).name();
    Select select = table.materializedSelect();
    return select == null
        ? scan(context, table, alias, schema, choice, padded)
        : stored(table, select, alias, schema, choice, padded);
  }

  /**
   * The stored rows of a materialized view. Their columns are compared as those of its query, like a
   * view's: its table cannot say that of a computed column, since what a table says of a column it does to
   * its values. Functions of the application need not be there to say so, only to compute rows.
   */
  private Source stored(
      Table table,
      Select select,
      String alias,
      String schema,
      LogicalPlan.IndexChoice choice,
      boolean padded) {
    context.typesOnly++;
    Source view;
    try {
      view = expanded(table.name(), table.databaseIndex(), select, null, alias, true);
    } finally {
      context.typesOnly--;
    }
    if (view.columns().size() != table.columns().size()) {
      return scan(context, table, alias, schema, choice, padded);
    }
    List<BoundColumn> types = new ArrayList<>();
    boolean typed = false;
    for (int i = 0; i < table.columns().size(); i++) {
      BoundColumn type = view.columns().get(i).column();
      types.add(type);
      Affinity affinity = type.affinity();
      typed |=
          (affinity == Affinity.TEXT || affinity.isNumeric())
              && affinity != table.columns().get(i).affinity();
    }
    LogicalPlan.IndexChoice usable =
        typed && LooseTypes.in(view.rows())
            ? new LogicalPlan.IndexChoice(null, true, choice.rows())
            : choice;
    return scan(context, table, alias, schema, usable, padded, types);
  }

  /** What answers for a virtual table. */
  static TableValuedFunction moduleOf(BindContext context, Table table) {
    TableValuedFunction function = context.settings.virtualTable(table);
    if (function == null) {
      throw new SqlException("no such module for table: " + table.name());
    }
    return function;
  }

  /** A source that reads all columns of a table. */
  static Source scan(
      BindContext context,
      Table table,
      String alias,
      String schema,
      LogicalPlan.IndexChoice choice,
      boolean padded) {
    return scan(context, table, alias, schema, choice, padded, List.of());
  }

  /**
   * @param types columns whose affinity and collation the table's are to have; empty for its own
   */
  private static Source scan(
      BindContext context,
      Table table,
      String alias,
      String schema,
      LogicalPlan.IndexChoice choice,
      boolean padded,
      List<BoundColumn> types) {
    context.countReference(table, table.name());
    List<BoundColumn> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      BoundColumn stored = context.ofTable(table, i, padded);
      columns.add(types.isEmpty() ? stored : typed(stored, types.get(i)));
    }
    List<SourceColumn> visible = Source.columnsOf(table, columns);
    BoundColumn rowid = null;
    if (table.rowidAlias() >= 0) {
      rowid = columns.get(table.rowidAlias());
    } else if (!table.withoutRowid()) {
      rowid = context.rowidOf(table, padded);
      columns.add(rowid);
    }
    Source row = new Source(alias, schema, table, visible, rowid, null);
    List<LogicalPlan.Computed> computed = GeneratedColumns.computed(context, row);
    if (padded && rowid != null) {
      computed = GeneratedColumns.nullWithoutRow(computed, rowid);
    }
    LogicalPlan plan = new LogicalPlan.Scan(table, List.copyOf(columns), computed, alias, choice);
    return new Source(alias, schema, table, visible, rowid, plan);
  }

  private static BoundColumn typed(BoundColumn column, BoundColumn type) {
    return new BoundColumn(
        column.id(),
        column.name(),
        type.affinity(),
        type.collation(),
        column.nullable(),
        column.origin(),
        column.declaredType());
  }

  static LogicalPlan.IndexChoice choice(Table table, @Nullable IndexHint hint) {
    if (hint == null) {
      return LogicalPlan.IndexChoice.FREE;
    }
    if (hint.index() == null) {
      return new LogicalPlan.IndexChoice(null, true, false);
    }
    String name = hint.index().text();
    boolean exists = table.indexes().stream().anyMatch(index -> Names.same(index.name(), name));
    if (!exists) {
      throw new SqlException(ResultCode.ERROR, "no such index: " + name, hint.index().position());
    }
    return new LogicalPlan.IndexChoice(name, false, false);
  }

  private Source ofView(View view, String alias) {
    return expanded(view.name(), view.databaseIndex(), view.select(), view.columns(), alias, false);
  }

  /**
   * @param stored whether the rows are those that the query by itself gives
   */
  private Source expanded(
      String name,
      int database,
      Select select,
      @Nullable List<String> columnNames,
      String alias,
      boolean stored) {
    DatabaseSchema home = context.catalog.database(database);
    String key = database + "." + Names.fold(name);
    if (context.openViews.contains(key)) {
      throw new SqlException("view " + name + " is circularly defined");
    }
    context.countReference(key, name);
    context.openViews.add(key);
    String homeName = home == null || database == 1 ? null : home.name();
    SelectBinder binder =
        new SelectBinder(context, null, new Environment(null, homeName, null), true);
    BoundQuery query = stored ? binder.bindStored(select) : binder.bind(select);
    context.openViews.removeLast();
    List<String> names =
        columnNames != null && !columnNames.isEmpty()
            ? DistinctNames.of(columnNames)
            : query.names();
    if (names.size() != query.names().size()) {
      throw new SqlException(
          "expected "
              + names.size()
              + " columns for '"
              + name
              + "' but got "
              + query.names().size());
    }
    return new Source(
        alias,
        home == null ? null : home.name(),
        null,
        named(names, query.columns()),
        null,
        query.plan());
  }

  /** A subquery in FROM; it sees the queries around, not its neighbours. */
  Source derived(TableReference.DerivedTable reference) {
    BoundQuery query =
        new SelectBinder(context, scope.outer, scope.environment, true).bind(reference.select());
    String alias = reference.alias() == null ? "" : reference.alias().text();
    return new Source(alias, null, null, named(query.names(), query.columns()), null, query.plan());
  }

  /** A table-valued function; its arguments are bound when all its neighbours are known. */
  Source function(TableReference.TableFunction reference) {
    QualifiedName name = reference.name();
    TableValuedFunction function = context.settings.tableFunction(name.name().text());
    String alias = reference.alias() == null ? name.name().text() : reference.alias().text();
    if (function != null) {
      return function(function, alias);
    }
    String schema = scope.environment.database(name);
    Table virtual = context.catalog.table(schema, name.name().text());
    if (virtual != null && virtual.kind() == TableKind.VIRTUAL) {
      return function(moduleOf(context, virtual), alias);
    }
    boolean exists =
        context.catalog.databaseOfTableOrView(schema, name.name().text()) != null
            || CommonTables.find(scope.environment.commonTables(), name.name().text()) != null;
    throw exists
        ? new SqlException("'" + name.name().text() + "' is not a function")
        : noSuchTable(name, scope.environment);
  }

  /** A source that reads what a function gives. */
  Source function(TableValuedFunction function, String alias) {
    List<SourceColumn> visible = new ArrayList<>();
    List<BoundColumn> columns = new ArrayList<>();
    List<@Nullable BoundExpression> arguments =
        new ArrayList<>(Collections.nCopies(function.parameters().size(), null));
    for (Column each : function.columns()) {
      BoundColumn column =
          context.column(
              each.name(), each.affinity(), each.collation(), true, null, each.declaredType());
      columns.add(column);
      visible.add(new SourceColumn(each.name(), each.hidden(), column));
    }
    BoundColumn rowid =
        context.column("rowid", Affinity.INTEGER, Collation.BINARY, true, null, "INTEGER");
    columns.add(rowid);
    LogicalPlan plan =
        new LogicalPlan.TableFunction(
            function, Collections.unmodifiableList(arguments), List.copyOf(columns), alias);
    return new Source(alias, null, null, visible, rowid, plan);
  }
}
