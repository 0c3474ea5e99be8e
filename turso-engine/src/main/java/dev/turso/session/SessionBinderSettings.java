package dev.turso.session;

import dev.turso.bind.BinderSettings;
import dev.turso.change.AttachedExtension;
import dev.turso.schema.Table;

/** How a connection's settings show in binding. */
final class SessionBinderSettings implements BinderSettings {

  private final Connection connection;

  SessionBinderSettings(Connection connection) {
    this.connection = connection;
  }

  @Override
  public boolean readAsQuery(Table materializedView) {
    AttachedDatabase database = connection.database(materializedView.databaseIndex());
    OpenTransaction view = new OpenTransaction(connection, database);
    for (AttachedExtension each : database.shared.extensions()) {
      if (!each.isCurrent(materializedView, view)) {
        return true;
      }
    }
    return false;
  }
}
