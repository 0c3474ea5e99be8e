package dev.turso.session;

import dev.turso.bind.Binder;
import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeSet;
import dev.turso.change.CommitParticipant;
import dev.turso.change.Origin;
import dev.turso.change.RowWriter;
import dev.turso.change.TransactionView;
import dev.turso.exec.write.RecordTableWriter;
import dev.turso.format.TextEncoding;
import dev.turso.function.FunctionRegistry;
import dev.turso.pager.PageStore;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Select;
import dev.turso.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transaction of a connection in one database, as an extension sees it. */
final class OpenTransaction implements TransactionView {

  private final Connection connection;
  private final AttachedDatabase database;

  OpenTransaction(Connection connection, AttachedDatabase database) {
    this.connection = connection;
    this.database = database;
  }

  @Override
  public Catalog catalog() {
    return connection.catalog();
  }

  @Override
  public DatabaseSchema schema() {
    DatabaseSchema schema = connection.catalog().database(database.index);
    if (schema == null) {
      throw new IllegalStateException("the database was detached");
    }
    return schema;
  }

  @Override
  public FunctionRegistry functions() {
    return database.shared.names().functions();
  }

  @Override
  public PageStore store() {
    return database.pager;
  }

  @Override
  public boolean isCurrent(Table materializedView) {
    for (AttachedExtension each : database.shared.extensions()) {
      if (!each.isCurrent(materializedView, this)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean writable() {
    return database.pager.isWriting();
  }

  @Override
  public RowWriter writer(Table table) {
    Binder binder = connection.preparation().binder();
    TextEncoding encoding = database.encoding();
    RecordTableWriter writer =
        RecordTableWriter.of(
            table, binder.tableExpressions(table), binder::tableExpressions, encoding);
    writer.open(connection.writing());
    return writer;
  }

  @Override
  public void execute(String sql, Value... parameters) {
    Nested.execute(connection, atHome(), sql, Origin.VIEW, parameters);
  }

  @Override
  public void query(String sql, List<Value> parameters, RowConsumer consumer) {
    Nested.query(connection, atHome(), sql, parameters, consumer);
  }

  @Override
  public void query(Select select, RowConsumer consumer) {
    QueryProgram program = connection.preparation().query(select, atHome(), functions());
    Nested.query(connection, program, List.of(), consumer);
  }

  /** What names mean in statements of the extension: those of its own database come first. */
  private Catalog atHome() {
    return connection.catalog().at(database.index);
  }

  @Override
  public ChangeSet changes() {
    ChangeLog changes = database.changes;
    return changes == null ? new ChangeLog(database.shared, null) : changes;
  }

  @Override
  public void participate(@Nullable CommitParticipant participant) {
    connection.participation().ofSession(participant);
  }

  @Override
  public @Nullable CommitParticipant participant() {
    return connection.participation().ofSession();
  }

  @Override
  public @Nullable String sessionOrigin() {
    return connection.origin();
  }
}
