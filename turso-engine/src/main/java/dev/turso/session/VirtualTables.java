package dev.turso.session;

import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.sql.ast.CreateVirtualTable;
import dev.turso.sql.parse.Parser;
import dev.turso.vtab.TableFunction;
import dev.turso.vtab.TableRegistry;
import dev.turso.vtab.VirtualTableDefinition;
import dev.turso.vtab.VirtualTableModule;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What answers for the virtual tables of a connection, each asked of its module once. */
public final class VirtualTables {

  private final Connection connection;
  private final Map<String, Connected> connected = new HashMap<>();
  private TableRegistry registry;

  /** A table that was of this text. */
  private record Connected(String sql, TableFunction function) {}

  VirtualTables(Connection connection, TableRegistry registry) {
    this.connection = connection;
    this.registry = withOwn(registry);
  }

  private TableRegistry withOwn(TableRegistry given) {
    return given.module(PageStatistics.NAME) != null
        ? given
        : given.with(
            PageStatistics.NAME, table -> PageStatistics.of(connection, table.arguments()));
  }

  /** The table functions and modules that statements may name. */
  public TableRegistry registry() {
    return registry;
  }

  /** Sets them; compiled statements are compiled anew. */
  public void registry(TableRegistry newer) {
    registry = withOwn(newer);
    connected.clear();
    connection.forgetPlans();
  }

  /** What reads a table, or null if its module is not there. */
  @Nullable TableFunction of(Table table) {
    String key = key(table);
    Connected known = connected.get(key);
    if (known == null || !known.sql.equals(table.sql())) {
      VirtualTableDefinition definition = definition(table);
      VirtualTableModule module = registry.module(definition.module());
      if (module == null) {
        return null;
      }
      known = new Connected(table.sql(), module.connect(definition));
      connected.put(key, known);
    }
    return known.function;
  }

  /** What a table says of itself; its module is asked anew should one of its name come. */
  VirtualTableDefinition dropping(Table table) {
    connected.remove(key(table));
    return definition(table);
  }

  private static String key(Table table) {
    return table.databaseIndex() + "." + Names.fold(table.name());
  }

  private VirtualTableDefinition definition(Table table) {
    CreateVirtualTable s = (CreateVirtualTable) Parser.parseStored(table.sql());
    return new VirtualTableDefinition(
        connection.database(table.databaseIndex()).name,
        table.name(),
        s.module().text(),
        s.arguments());
  }

  /** The table with the columns its module gives it; itself if it is not virtual or has no module. */
  Table withColumns(Table table) {
    TableValuedFunction function = table.kind() == TableKind.VIRTUAL ? of(table) : null;
    return function == null ? table : Table.standInFor(table, function.columns());
  }
}
