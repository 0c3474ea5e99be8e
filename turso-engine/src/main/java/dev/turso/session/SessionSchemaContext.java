package dev.turso.session;

import dev.turso.bind.Binder;
import dev.turso.bind.BoundQuery;
import dev.turso.bind.DistinctNames;
import dev.turso.change.Origin;
import dev.turso.exec.ddl.Identifiers;
import dev.turso.exec.ddl.SchemaContext;
import dev.turso.exec.write.IndexFiller;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Catalog;
import dev.turso.schema.CollationLookup;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.schema.View;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Select;
import dev.turso.value.Affinity;
import dev.turso.value.Value;
import dev.turso.vtab.TableRegistry;
import dev.turso.vtab.VirtualTableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command that changes a schema gets from its connection. */
final class SessionSchemaContext implements SchemaContext {

  private final Connection connection;
  private final boolean internal;
  private final @Nullable SchemaRecording recording;

  /**
   * @param recording tells readers of changes what the command does to the schema; null for a command
   *     inside another
   */
  SessionSchemaContext(
      Connection connection, boolean internal, @Nullable SchemaRecording recording) {
    this.connection = connection;
    this.internal = internal;
    this.recording = recording;
  }

  @Override
  public Catalog catalog() {
    return connection.catalog();
  }

  @Override
  public PageStore store(int databaseIndex) {
    connection.beginWrite(connection.database(databaseIndex));
    return connection.database(databaseIndex).pager;
  }

  @Override
  public TextEncoding encoding(int databaseIndex) {
    return connection.database(databaseIndex).encoding();
  }

  @Override
  public CollationLookup collations() {
    return connection.functions()::collation;
  }

  @Override
  public TableRegistry tables() {
    return connection.virtualTables().registry();
  }

  @Override
  public VirtualTableDefinition dropping(Table virtual) {
    return connection.virtualTables().dropping(virtual);
  }

  @Override
  public void reload(int databaseIndex) {
    connection.forgetSchema(connection.database(databaseIndex));
    connection.catalog();
    if (recording != null) {
      recording.note();
    }
  }

  @Override
  public void checkDefaults(Table table) {
    connection.preparation().binder().checkDefaults(table);
  }

  @Override
  public void check(Table table) {
    connection.preparation().binder().tableExpressions(table);
  }

  @Override
  public void withNameOnly(String name, Runnable checks) {
    connection.preparation().withNameOnly(name, checks);
  }

  @Override
  public void check(View view) {
    connection.preparation().checking(() -> connection.preparation().binder().checkView(view));
  }

  @Override
  public void check(Trigger trigger) {
    Binder binder = connection.preparation().binder();
    Table target = targetOf(trigger, binder);
    if (target != null) {
      connection.preparation().checking(() -> binder.bindTrigger(trigger, target));
    }
  }

  private @Nullable Table targetOf(Trigger trigger, Binder binder) {
    String schema =
        trigger.tableDatabase() < 0 ? null : connection.database(trigger.tableDatabase()).name;
    Table table = catalog().table(schema, trigger.table());
    if (table != null) {
      return table;
    }
    View view = catalog().view(schema, trigger.table());
    return view == null ? null : binder.standInFor(view);
  }

  @Override
  public List<QueryColumn> columnsOf(Select select) {
    BoundQuery bound = connection.preparation().binder().bindSelect(select);
    List<QueryColumn> columns = new ArrayList<>();
    List<String> names = DistinctNames.of(bound.names());
    for (int i = 0; i < names.size(); i++) {
      columns.add(new QueryColumn(names.get(i), typeOf(bound.columns().get(i).affinity())));
    }
    return columns;
  }

  private static @Nullable String typeOf(Affinity affinity) {
    return switch (affinity) {
      case TEXT -> "TEXT";
      case NUMERIC -> "NUM";
      case INTEGER -> "INT";
      case REAL -> "REAL";
      case NONE, BLOB -> null;
    };
  }

  @Override
  public void fill(Index index) {
    Binder binder = connection.preparation().binder();
    IndexFiller.fill(
        index,
        binder.tableExpressions(index.table()),
        binder::tableExpressions,
        connection.writing(),
        connection.environment());
  }

  @Override
  public void execute(String sql, Value... parameters) {
    Nested.execute(connection, connection.catalog(), sql, Origin.STATEMENT, parameters);
  }

  @Override
  public void deleteForDrop(String schema, Table table) {
    ConnectionWriting writing = connection.writing();
    writing.dropping = true;
    try {
      execute("DELETE FROM " + Identifiers.quoted(schema) + "." + Identifiers.quoted(table.name()));
    } finally {
      writing.dropping = false;
    }
  }

  @Override
  public void executeInsert(String schema, String table, Select source) {
    InsertStatement insert =
        new InsertStatement(
            null,
            null,
            new QualifiedName(Name.of(schema), Name.of(table)),
            null,
            List.of(),
            source,
            List.of(),
            List.of());
    Nested.insert(connection, insert);
  }

  @Override
  public List<List<Value>> query(String sql, Value... parameters) {
    List<List<Value>> rows = new ArrayList<>();
    Nested.query(
        connection,
        connection.catalog(),
        sql,
        List.of(parameters),
        row -> {
          rows.add(row);
          return true;
        });
    return rows;
  }

  @Override
  public boolean internal() {
    return internal;
  }

  @Override
  public boolean writableSchema() {
    return connection.pragmas.writableSchema;
  }

  @Override
  public void checkInterrupt() {
    connection.checkInterrupt();
  }

  @Override
  public boolean hasDeferredViolations() {
    return connection.writing().deferredViolations > 0;
  }

  @Override
  public boolean foreignKeys() {
    return connection.writing().foreignKeys;
  }

  @Override
  public boolean legacyAlter() {
    return connection.pragmas.legacyAlterTable;
  }
}
