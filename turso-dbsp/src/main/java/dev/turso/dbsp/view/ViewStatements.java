package dev.turso.dbsp.view;

import dev.turso.bind.BoundQuery;
import dev.turso.change.StatementRows;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.circuit.WantedIndex;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Index;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.CreateMaterializedView;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.DropStatement;
import dev.turso.sql.ast.ExplainMaterializedView;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Pragma;
import dev.turso.sql.ast.RefreshMaterializedView;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements about materialized views. */
final class ViewStatements {

  private final AttachedViews views;
  private final ViewPragmas pragmas;

  ViewStatements(AttachedViews views) {
    this.views = views;
    this.pragmas = new ViewPragmas(views);
  }

  boolean handles(Statement statement, DatabaseSchema schema) {
    return switch (statement) {
      case CreateMaterializedView each -> true;
      case RefreshMaterializedView each -> true;
      case ExplainMaterializedView each -> true;
      case Pragma each -> !ViewPragmas.columns(each).isEmpty();
      case DropStatement each -> handlesDrop(each, schema);
      case AlterTable each -> refuses(each, schema);
      default -> false;
    };
  }

  /** The columns that a statement gives. */
  List<String> columns(Statement statement) {
    if (statement instanceof ExplainMaterializedView) {
      return List.of("circuit");
    }
    return statement instanceof Pragma pragma ? ViewPragmas.columns(pragma) : List.of();
  }

  private static boolean handlesDrop(DropStatement drop, DatabaseSchema schema) {
    String name = drop.name().name().text();
    Table table = schema.table(name);
    return switch (drop.kind()) {
      case MATERIALIZED_VIEW -> true;
      case VIEW, TABLE -> table != null && (table.materializedView() || readers(schema, name));
      case INDEX -> Names.startsWith(name, SideTables.INDEX);
      case TRIGGER -> Names.startsWith(name, SideTables.PREFIX);
    };
  }

  /** Whether some view's triggers watch a table: it is read by a materialized view. */
  private static boolean readers(DatabaseSchema schema, String table) {
    return schema.trigger(watch(table, "insert")) != null;
  }

  private static String watch(String table, String event) {
    return SideTables.WATCH + event + "_" + Names.fold(table);
  }

  private static boolean refuses(AlterTable alter, DatabaseSchema schema) {
    String name = alter.table().name().text();
    Table table = schema.table(name);
    return table != null
        && (table.materializedView()
            || readers(schema, name) && !(alter.action() instanceof AlterTable.AddColumn));
  }

  private SqlException refusal(AlterTable alter, TransactionView transaction) {
    String name = alter.table().name().text();
    for (ViewDefinition each : views.definitions(transaction)) {
      if (each.bases().contains(Names.fold(name))) {
        return new SqlException(
            "cannot alter table " + name + ": materialized view " + each.name() + " reads it");
      }
    }
    return new SqlException("materialized view " + name + " may not be altered");
  }

  boolean writes(Statement statement) {
    return statement instanceof Pragma pragma
        ? ViewPragmas.writes(pragma)
        : !(statement instanceof ExplainMaterializedView);
  }

  @Nullable StatementRows execute(Statement statement, String sql, TransactionView transaction) {
    switch (statement) {
      case CreateMaterializedView create -> create(sql, transaction);
      case RefreshMaterializedView refresh -> refresh(refresh, transaction);
      case DropStatement drop -> drop(drop, transaction);
      case AlterTable alter -> throw refusal(alter, transaction);
      case ExplainMaterializedView explain -> {
        return explain(explain, transaction);
      }
      case Pragma pragma -> {
        return pragmas.run(pragma, transaction);
      }
      default -> throw new IllegalArgumentException(statement.toString());
    }
    return null;
  }

  // ---- CREATE

  /** The text is what the file will keep, and so what the query is bound from. */
  private void create(String sql, TransactionView transaction) {
    CreateMaterializedView create = (CreateMaterializedView) Parser.parseStatement(sql);
    String name = create.name().name().text();
    DatabaseSchema schema = transaction.schema();
    if (schema.table(name) != null || schema.view(name) != null) {
      if (create.ifNotExists()) {
        return;
      }
      boolean table = schema.table(name) != null;
      throw new SqlException(
          ResultCode.ERROR,
          (table ? "table " : "view ") + name + " already exists",
          create.name().name().position());
    }
    if (Names.startsWith(name, "sqlite_") || Names.startsWith(name, SideTables.PREFIX)) {
      throw new SqlException("object name reserved for internal use: " + name);
    }
    BoundQuery query = ViewQuery.bind(transaction, create.select());
    ViewQuery.check(query.plan());
    List<String> names = columnNames(create, query);
    List<String> bases = List.copyOf(ViewQuery.bases(query.plan()));
    SideTables.create(transaction);
    ViewDefinition definition =
        new ViewDefinition(
            nextId(transaction), name, sql, bases, ViewDefinition.Status.STALE, null, "", "");
    SideTables.write(transaction, definition);
    views.forgetCompiled();
    views.baseAdded(bases);
    createTables(definition, names, query, transaction);
    for (WantedIndex each : views.compiled(definition, transaction).missingIndexes()) {
      createIndex(each, transaction);
    }
    if (create.withData()) {
      views.fillNow(transaction, definition);
    } else {
      SideTables.write(
          transaction, definition.with(ViewDefinition.Status.EMPTY, "has no data yet"));
    }
  }

  private long nextId(TransactionView transaction) {
    long id = 0;
    for (ViewDefinition each : views.definitions(transaction)) {
      id = Math.max(id, each.id());
    }
    return id + 1;
  }

  private static List<String> columnNames(CreateMaterializedView create, BoundQuery query) {
    List<String> names = new ArrayList<>();
    for (Name each : create.columns()) {
      names.add(each.text());
    }
    if (!names.isEmpty() && names.size() != query.names().size()) {
      throw new SqlException(
          "expected "
              + names.size()
              + " columns for '"
              + create.name()
              + "' but got "
              + query.names().size());
    }
    return distinct(names.isEmpty() ? query.names() : names);
  }

  /** Names made different as CREATE TABLE … AS SELECT makes them. */
  private static List<String> distinct(List<String> names) {
    Set<String> used = new HashSet<>();
    List<String> result = new ArrayList<>();
    for (String each : names) {
      String name = each;
      for (int n = 1; !used.add(Names.fold(name)); n++) {
        name = each + ":" + n;
      }
      result.add(name);
    }
    return result;
  }

  private void createTables(
      ViewDefinition definition,
      List<String> names,
      BoundQuery query,
      TransactionView transaction) {
    Set<Affinity> mixed = MixedColumns.of(query.plan());
    StringBuilder sql = new StringBuilder("CREATE TABLE ");
    sql.append(SideTables.quoted(definition.name())).append('(');
    for (int i = 0; i < names.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(SideTables.quoted(names.get(i)));
      sql.append(type(query.columns().get(i), mixed));
    }
    transaction.execute(sql.append(')').toString());
    transaction.execute(
        "CREATE TABLE " + definition.stateTable() + "(k BLOB PRIMARY KEY, v BLOB) WITHOUT ROWID");
    guard(definition.name(), "materialized view " + definition.name(), transaction);
    guard(definition.stateTable(), "table " + definition.stateTable(), transaction);
    for (String base : definition.bases()) {
      watch(base, transaction);
    }
  }

  /** Type and collation of a column whose values have been through that same type before. */
  private static String type(BoundColumn column, Set<Affinity> mixed) {
    if (!column.isStoredAsTyped()) {
      return "";
    }
    String type =
        switch (mixed.contains(column.affinity()) ? Affinity.NONE : column.affinity()) {
          case INTEGER -> " INTEGER";
          case REAL -> " REAL";
          case TEXT -> " TEXT";
          case NUMERIC -> " NUMERIC";
          case BLOB, NONE -> "";
        };
    Collation collation = column.collationOrBinary();
    return collation == Collation.BINARY ? type : type + " COLLATE " + collation.name();
  }

  private static void guard(String table, String what, TransactionView transaction) {
    for (String event : List.of("insert", "update", "delete")) {
      transaction.execute(
          "CREATE TRIGGER "
              + SideTables.quoted(SideTables.GUARD + event + "_" + Names.fold(table))
              + " BEFORE "
              + event
              + " ON "
              + SideTables.quoted(table)
              + " BEGIN SELECT RAISE(ABORT, 'cannot modify "
              + what.replace("'", "''")
              + "'); END");
    }
  }

  private static void watch(String base, TransactionView transaction) {
    Table table = transaction.schema().table(base);
    if (table == null || table.materializedView()) {
      return;
    }
    for (String event : List.of("insert", "update", "delete")) {
      if (transaction.schema().trigger(watch(base, event)) == null) {
        transaction.execute(watchText(base, event));
      }
    }
  }

  /** The trigger that tells of writers without this module, for one event on a table. */
  static String watchText(String base, CreateTrigger.Event event) {
    return watchText(base, event.name().toLowerCase(Locale.ROOT));
  }

  private static String watchText(String base, String event) {
    return "CREATE TRIGGER "
        + SideTables.quoted(watch(base, event))
        + " AFTER "
        + event
        + " ON "
        + SideTables.quoted(base)
        + " BEGIN INSERT OR IGNORE INTO "
        + SideTables.FOREIGN
        + " VALUES('"
        + base.replace("'", "''")
        + "'); END";
  }

  private void createIndex(WantedIndex wanted, TransactionView transaction) {
    String stem = SideTables.INDEX + Names.fold(wanted.table()) + "_";
    int number = 1;
    while (transaction.schema().index(stem + number) != null) {
      number++;
    }
    transaction.execute(
        "CREATE INDEX "
            + SideTables.quoted(stem + number)
            + " ON "
            + SideTables.quoted(wanted.table())
            + "("
            + String.join(", ", wanted.columns())
            + ")");
  }

  // ---- DROP, REFRESH

  private void drop(DropStatement drop, TransactionView transaction) {
    String name = drop.name().name().text();
    if (drop.kind() == DropStatement.Kind.INDEX || drop.kind() == DropStatement.Kind.TRIGGER) {
      throw new SqlException(
          drop.kind().sql().toLowerCase(Locale.ROOT) + " " + name + " may not be dropped");
    }
    List<ViewDefinition> all = views.definitions(transaction);
    ViewDefinition definition = views.find(transaction, name);
    for (ViewDefinition each : all) {
      if (each.bases().contains(Names.fold(name))) {
        String what = definition == null ? "table " : "materialized view ";
        throw new SqlException(
            "cannot drop " + what + name + ": materialized view " + each.name() + " reads it");
      }
    }
    if (definition == null) {
      if (!drop.ifExists()) {
        throw new SqlException("no such materialized view: " + name);
      }
      return;
    }
    if (drop.kind() == DropStatement.Kind.TABLE) {
      throw new SqlException("use DROP VIEW to delete view " + name);
    }
    SideTables.remove(transaction, definition);
    views.forgetCompiled();
    transaction.execute("DROP TABLE " + SideTables.quoted(definition.name()));
    transaction.execute("DROP TABLE " + definition.stateTable());
    dropUnused(definition, all, transaction);
    if (all.size() == 1) {
      SideTables.drop(transaction);
    }
  }

  /** Drops the triggers and indexes that no other view needs. */
  private static void dropUnused(
      ViewDefinition dropped, List<ViewDefinition> all, TransactionView transaction) {
    for (String base : dropped.bases()) {
      boolean read = false;
      for (ViewDefinition each : all) {
        read |= each.id() != dropped.id() && each.bases().contains(base);
      }
      Table table = transaction.schema().table(base);
      if (read || table == null) {
        continue;
      }
      for (String event : List.of("insert", "update", "delete")) {
        if (transaction.schema().trigger(watch(base, event)) != null) {
          transaction.execute("DROP TRIGGER " + SideTables.quoted(watch(base, event)));
        }
      }
      for (Index each : List.copyOf(table.indexes())) {
        if (Names.startsWith(each.name(), SideTables.INDEX)) {
          transaction.execute("DROP INDEX " + SideTables.quoted(each.name()));
        }
      }
    }
  }

  /** Leaves the file as if this module had never been there. */
  void detach(TransactionView transaction, boolean asViews) {
    List<ViewDefinition> all = views.definitions(transaction);
    for (ViewDefinition each : all) {
      SideTables.remove(transaction, each);
    }
    views.forgetCompiled();
    for (ViewDefinition each : all) {
      Detachment.leave(transaction, each, asViews);
      dropUnused(each, List.of(each), transaction);
    }
    if (!all.isEmpty()) {
      SideTables.drop(transaction);
    }
  }

  private void refresh(RefreshMaterializedView refresh, TransactionView transaction) {
    ViewDefinition definition = require(refresh.name().name(), transaction);
    if (refresh.online()) {
      views.beginFill(transaction, definition);
      return;
    }
    PendingChanges changed = new PendingChanges(SideTables.encoding(transaction.store()));
    views.build(transaction, definition, views.compiled(definition, transaction), changed);
    views.follow(transaction, definition, changed);
  }

  // ---- EXPLAIN

  private ViewDefinition require(Name name, TransactionView transaction) {
    ViewDefinition definition = views.find(transaction, name.text());
    if (definition == null) {
      throw new SqlException(
          ResultCode.ERROR, "no such materialized view: " + name.text(), name.position());
    }
    return definition;
  }

  private StatementRows explain(ExplainMaterializedView explain, TransactionView transaction) {
    ViewDefinition definition = require(explain.name().name(), transaction);
    List<List<Value>> rows = new ArrayList<>();
    for (String each : MaintainedView.compile(definition, transaction).explain()) {
      rows.add(List.of(Value.text(each)));
    }
    if (!definition.isCurrent()) {
      rows.add(List.of(Value.text(definition.status() + ": " + definition.message())));
    }
    return new StatementRows(columns(explain), rows);
  }
}
