package dev.turso.session;

import dev.turso.bind.BinderSettings;
import dev.turso.format.TextEncoding;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a connection's settings show in binding. */
final class SessionBinderSettings implements BinderSettings {

  private final Connection connection;
  private final List<ViewRead> noted = new ArrayList<>();
  private boolean checksSchema;
  private @Nullable String nameOnly;

  SessionBinderSettings(Connection connection) {
    this.connection = connection;
  }

  @Override
  public @Nullable TableValuedFunction tableFunction(String name) {
    if (Names.startsWith(name, "pragma_")) {
      PragmaFunction pragma = PragmaFunction.of(connection, name.substring(7));
      if (pragma != null) {
        return pragma;
      }
    }
    if (Names.same(name, PageStatistics.NAME)) {
      return new PageStatistics(connection);
    }
    return connection.virtualTables().registry().function(name);
  }

  @Override
  public @Nullable TableValuedFunction virtualTable(Table table) {
    return connection.virtualTables().of(table);
  }

  @Override
  public boolean writableSchema() {
    return connection.pragmas.writableSchema;
  }

  @Override
  public TextEncoding encoding() {
    return connection.database(0).knownEncoding;
  }

  @Override
  public boolean checksSchema() {
    return checksSchema;
  }

  @Override
  public boolean mayBeString(String text) {
    String never = nameOnly;
    return never == null || !Names.same(never, text);
  }

  /** Binds with {@code "name"} never being a string for one name. */
  void withNameOnly(String name, Runnable check) {
    nameOnly = name;
    try {
      check.run();
    } finally {
      nameOnly = null;
    }
  }

  /** Binds something of a schema only to see whether it means something. */
  void checking(Runnable check) {
    checksSchema = true;
    try {
      check.run();
    } finally {
      checksSchema = false;
    }
  }

  /** Begins to note which materialized views a statement names. */
  void startNoting() {
    noted.clear();
  }

  /** The materialized views named since, and how each is read. */
  List<ViewRead> noted() {
    return List.copyOf(noted);
  }

  @Override
  public boolean readAsQuery(Table materializedView) {
    boolean asQuery = !connection.participation().isCurrent(materializedView);
    noted.add(new ViewRead(materializedView, asQuery));
    return asQuery;
  }
}
