package dev.turso.schema;

import dev.turso.sql.ast.CreateTrigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one connection can name, in the order in which it looks: temp first, then main, then the
 * attached databases.
 */
public final class Catalog {

  public static final int MAIN = 0;
  public static final int TEMP = 1;

  private final List<@Nullable DatabaseSchema> databases;

  /** The database that is looked at first and created in; -1 where temp comes first, then main. */
  private final int home;

  /**
   * @param databases by index: main, temp, attached ones; null where one was detached
   */
  public Catalog(List<@Nullable DatabaseSchema> databases) {
    this(new ArrayList<>(databases), -1);
  }

  private Catalog(List<@Nullable DatabaseSchema> databases, int home) {
    this.databases = databases;
    this.home = home;
  }

  /**
   * The same for whoever is at home in one of the databases: it is where names without a database are
   * looked for first, and where objects are made.
   */
  public Catalog at(int database) {
    return new Catalog(databases, database);
  }

  /** Where what is created is, if that does not say. */
  public DatabaseSchema home() {
    return databases.get(home < 0 ? MAIN : home);
  }

  /** One past the highest index of a database. */
  public int size() {
    return databases.size();
  }

  /** The database of an index, or null if it was detached. */
  public @Nullable DatabaseSchema database(int index) {
    return index < databases.size() ? databases.get(index) : null;
  }

  public DatabaseSchema main() {
    return databases.get(MAIN);
  }

  public DatabaseSchema temp() {
    return databases.get(TEMP);
  }

  /** The database of a name, or null. {@code main} always names the first. */
  public @Nullable DatabaseSchema database(String name) {
    for (int i = databases.size() - 1; i >= 0; i--) {
      DatabaseSchema each = databases.get(i);
      if (each != null && Names.same(each.name(), name)) {
        return each;
      }
    }
    return Names.same(name, "main") ? main() : null;
  }

  /** The databases that exist, in the order in which unqualified names are looked up. */
  public List<DatabaseSchema> searchOrder() {
    List<DatabaseSchema> order = new ArrayList<>(databases.size());
    if (home >= 0) {
      order.add(home());
    }
    if (home != TEMP) {
      order.add(temp());
    }
    for (int i = 0; i < databases.size(); i++) {
      DatabaseSchema each = databases.get(i);
      if (i != TEMP && i != home && each != null) {
        order.add(each);
      }
    }
    return order;
  }

  /** The table of this name, or null. */
  public @Nullable Table table(@Nullable String schema, String name) {
    if (schema == null && isMainSchemaTable(name)) {
      return home().schemaTable();
    }
    int at = holder(schema, name, true, false);
    return at < 0 ? null : databases.get(at).table(name);
  }

  /** The view of this name, or null. */
  public @Nullable View view(@Nullable String schema, String name) {
    int at = holder(schema, name, false, true);
    return at < 0 ? null : databases.get(at).view(name);
  }

  /** The database in which a table or view of this name is found first, or null. */
  public @Nullable DatabaseSchema databaseOfTableOrView(@Nullable String schema, String name) {
    if (schema == null && isMainSchemaTable(name)) {
      return home();
    }
    int at = holder(schema, name, true, true);
    return at < 0 ? null : databases.get(at);
  }

  /** The index of this name, or null. */
  public @Nullable Index index(@Nullable String schema, String name) {
    for (DatabaseSchema each : searchOrder()) {
      if (schema == null || matches(each, schema)) {
        Index found = each.index(name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** The trigger of this name, or null. */
  public @Nullable Trigger trigger(@Nullable String schema, String name) {
    for (DatabaseSchema each : searchOrder()) {
      if (schema == null || matches(each, schema)) {
        Trigger found = each.trigger(name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** The database that holds a table. */
  public DatabaseSchema databaseOf(Table table) {
    return databases.get(table.databaseIndex());
  }

  /**
   * The triggers on a table or view for an event, in the order in which they fire: temporary ones
   * first, oldest first, then its own, newest first.
   */
  public List<Trigger> triggersOn(int databaseIndex, String table, CreateTrigger.Event event) {
    if (temp().triggers().isEmpty() && databases.get(databaseIndex).triggers().isEmpty()) {
      return List.of();
    }
    List<Trigger> found = new ArrayList<>();
    if (databaseIndex != TEMP) {
      collect(temp(), databaseIndex, table, event, found);
    }
    List<Trigger> own = new ArrayList<>();
    collect(databases.get(databaseIndex), databaseIndex, table, event, own);
    found.addAll(own.reversed());
    return found;
  }

  private void collect(
      DatabaseSchema in, int target, String table, CreateTrigger.Event event, List<Trigger> into) {
    for (Trigger each : in.triggers()) {
      if (each.event() == event && Names.same(each.table(), table) && watches(each, target)) {
        into.add(each);
      }
    }
  }

  private boolean watches(Trigger trigger, int target) {
    if (trigger.tableDatabase() >= 0) {
      return trigger.tableDatabase() == target;
    }
    DatabaseSchema holder = new Catalog(databases, -1).databaseOfTableOrView(null, trigger.table());
    return holder != null && holder.index() == target;
  }

  private int holder(@Nullable String schema, String name, boolean tables, boolean views) {
    for (DatabaseSchema each : searchOrder()) {
      if (schema == null || matches(each, schema)) {
        if (tables && each.table(name) != null || views && each.view(name) != null) {
          return each.index();
        }
        if (each.table(name) != null || each.view(name) != null) {
          return -1;
        }
      }
    }
    return -1;
  }

  private static boolean matches(DatabaseSchema each, String schema) {
    return Names.same(each.name(), schema) || each.index() == MAIN && Names.same(schema, "main");
  }

  private static boolean isMainSchemaTable(String name) {
    return Names.same(name, "sqlite_master") || Names.same(name, "sqlite_schema");
  }
}
