package dev.turso.session;

import dev.turso.btree.BTrees;
import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Reindex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** REINDEX: empties indexes and fills them again. */
final class ReindexCommand {

  private ReindexCommand() {}

  static Program program(Reindex statement, Catalog catalog) {
    List<Index> indexes = indexes(statement, catalog);
    CommandProgram program =
        new CommandProgram(
            CommandProgram.Needs.WRITE,
            (connection, parameters) -> {
              SessionSchemaContext context = new SessionSchemaContext(connection, true, null);
              for (Index each : indexes) {
                int database = each.table().databaseIndex();
                new BTrees(context.store(database)).clear(each.rootPage());
                context.fill(each);
              }
              return List.of();
            });
    for (Index each : indexes) {
      program.writes |= 1L << each.table().databaseIndex();
    }
    program.uses = program.writes;
    return program;
  }

  private static List<Index> indexes(Reindex statement, Catalog catalog) {
    QualifiedName target = statement.target();
    List<Index> found = new ArrayList<>();
    if (target == null) {
      addAll(catalog, null, found);
      return found;
    }
    String name = target.name().text();
    String schema = target.schema() == null ? null : target.schema().text();
    if (schema == null && isCollation(catalog, name)) {
      addAll(catalog, name, found);
      return found;
    }
    Table table = catalog.table(schema, name);
    if (table != null) {
      for (Index each : table.indexes()) {
        if (!each.isTableKey()) {
          found.add(each);
        }
      }
      return found;
    }
    if (catalog.view(schema, name) != null) {
      return found;
    }
    Index index = catalog.index(schema, name);
    if (index == null) {
      throw new SqlException("unable to identify the object to be reindexed");
    }
    if (!index.isTableKey()) {
      found.add(index);
    }
    return found;
  }

  /** Adds every index, or those that use a collation. */
  private static void addAll(Catalog catalog, @Nullable String collation, List<Index> found) {
    for (DatabaseSchema database : catalog.searchOrder()) {
      for (Index each : database.indexes()) {
        if (!each.isTableKey() && (collation == null || uses(each, collation))) {
          found.add(each);
        }
      }
    }
  }

  private static boolean isCollation(Catalog catalog, String name) {
    if (Names.same(name, "binary") || Names.same(name, "nocase") || Names.same(name, "rtrim")) {
      return true;
    }
    for (DatabaseSchema database : catalog.searchOrder()) {
      for (Index each : database.indexes()) {
        if (uses(each, name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean uses(Index index, String collation) {
    for (IndexPart each : index.parts()) {
      if (Names.same(each.collation().name(), collation)) {
        return true;
      }
    }
    return false;
  }
}
