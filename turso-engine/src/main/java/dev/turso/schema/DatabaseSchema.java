package dev.turso.schema;

import dev.turso.sql.ast.Select;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that one {@code sqlite_schema} names, at one value of its cookie. */
public final class DatabaseSchema {

  private final String name;
  private final int index;
  private final long cookie;
  private final Map<String, Table> tables;
  private final Map<String, Index> indexes;
  private final Map<String, View> views;
  private final Map<String, Trigger> triggers;
  private final Map<String, List<Table>> children;
  private final Table schemaTable;

  DatabaseSchema(
      String name,
      int index,
      long cookie,
      Map<String, Table> tables,
      Map<String, View> views,
      Map<String, Trigger> triggers) {
    this.name = name;
    this.index = index;
    this.cookie = cookie;
    this.tables = Collections.unmodifiableMap(tables);
    this.views = Collections.unmodifiableMap(views);
    this.triggers = Collections.unmodifiableMap(triggers);
    this.indexes = Collections.unmodifiableMap(indexesOf(tables.values()));
    this.children = childrenByParent(tables.values());
    this.schemaTable = SchemaTable.of(index);
  }

  /** A database without objects. */
  public static DatabaseSchema empty(String name, int index) {
    return new DatabaseSchema(name, index, 0, Map.of(), Map.of(), Map.of());
  }

  /** The same objects in a database of another name. */
  public DatabaseSchema named(String other) {
    return new DatabaseSchema(other, index, cookie, tables, views, triggers);
  }

  /** {@code main}, {@code temp}, or the name given by ATTACH. */
  public String name() {
    return name;
  }

  /** Its number in the connection: 0 main, 1 temp, then the attached ones. */
  public int index() {
    return index;
  }

  /** The schema cookie that this schema was read at. */
  public long cookie() {
    return cookie;
  }

  /** The tables, in the order of {@code sqlite_schema}; the schema table is not among them. */
  public Collection<Table> tables() {
    return tables.values();
  }

  public Collection<Index> indexes() {
    return indexes.values();
  }

  public Collection<View> views() {
    return views.values();
  }

  public Collection<Trigger> triggers() {
    return triggers.values();
  }

  /** {@code sqlite_schema}, or {@code sqlite_temp_schema} in the temporary database. */
  public Table schemaTable() {
    return schemaTable;
  }

  /** The table of this name, the schema table under any of its names included. */
  public @Nullable Table table(String tableName) {
    Table found = tables.get(Names.fold(tableName));
    return found != null || !SchemaTable.isName(tableName, index) ? found : schemaTable;
  }

  public @Nullable Index index(String indexName) {
    return indexes.get(Names.fold(indexName));
  }

  public @Nullable View view(String viewName) {
    return views.get(Names.fold(viewName));
  }

  public @Nullable Trigger trigger(String triggerName) {
    return triggers.get(Names.fold(triggerName));
  }

  /** The tables with a foreign key to a table of this name. */
  public List<Table> childrenOf(String parentTable) {
    return children.getOrDefault(Names.fold(parentTable), List.of());
  }

  /** This schema with some tables seen as the stores of materialized views, by folded name. */
  public DatabaseSchema withMaterialized(Map<String, Select> definitions) {
    if (definitions.isEmpty()) {
      return this;
    }
    Map<String, Table> marked = new LinkedHashMap<>(tables);
    for (Map.Entry<String, Select> each : definitions.entrySet()) {
      Table table = marked.get(each.getKey());
      if (table != null) {
        marked.put(each.getKey(), table.asMaterialized(each.getValue()));
      }
    }
    return new DatabaseSchema(name, index, cookie, marked, views, triggers);
  }

  private static Map<String, Index> indexesOf(Collection<Table> tables) {
    Map<String, Index> all = new LinkedHashMap<>();
    for (Table table : tables) {
      for (Index each : table.indexes().reversed()) {
        all.put(Names.fold(each.name()), each);
      }
    }
    return all;
  }

  private static Map<String, List<Table>> childrenByParent(Collection<Table> tables) {
    Map<String, List<Table>> byParent = new LinkedHashMap<>();
    for (Table table : tables) {
      for (ForeignKey key : table.foreignKeys()) {
        List<Table> list =
            byParent.computeIfAbsent(Names.fold(key.parentTable()), k -> new ArrayList<>());
        if (!list.contains(table)) {
          list.add(table);
        }
      }
    }
    return byParent;
  }

  @Override
  public String toString() {
    return name + "@" + cookie;
  }
}
