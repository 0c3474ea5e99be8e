package dev.turso.session;

import dev.turso.bind.BinderSettings;
import dev.turso.change.AttachedExtension;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/** How a connection's settings show in binding. */
final class SessionBinderSettings implements BinderSettings {

  private final Connection connection;

  SessionBinderSettings(Connection connection) {
    this.connection = connection;
  }

  @Override
  public @Nullable TableValuedFunction tableFunction(String name) {
    if (Names.startsWith(name, "pragma_")) {
      PragmaHandler handler = PragmaCommands.find(name.substring(7));
      if (handler != null && !handler.columns(null).isEmpty()) {
        return new PragmaFunction(connection, Names.fold(name), handler);
      }
    }
    return null;
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
