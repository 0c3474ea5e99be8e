package dev.turso.exec.ddl;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks that the names of new objects go through. */
final class ObjectNames {

  private ObjectNames() {}

  /** The database that a CREATE statement names or means. */
  static DatabaseSchema target(Catalog catalog, QualifiedName name, boolean temporary) {
    Name schema = name.schema();
    if (schema == null) {
      return temporary ? catalog.temp() : catalog.home();
    }
    DatabaseSchema found = database(catalog, schema);
    if (temporary && found.index() != Catalog.TEMP) {
      throw new SqlException("temporary table name must be unqualified");
    }
    return found;
  }

  static DatabaseSchema database(Catalog catalog, Name schema) {
    DatabaseSchema found = catalog.database(schema.text());
    if (found == null) {
      throw new SqlException(
          ResultCode.ERROR, "unknown database " + schema.text(), schema.position());
    }
    return found;
  }

  static @Nullable String schemaText(QualifiedName name) {
    Name schema = name.schema();
    return schema == null ? null : schema.text();
  }

  static void checkNotReserved(SchemaContext context, String name) {
    if (Names.startsWith(name, "sqlite_") && !context.internal() && !context.writableSchema()) {
      throw new SqlException("object name reserved for internal use: " + name);
    }
  }

  /**
   * Whether a table or view may be made under this name: false if there is one and that is to be
   * passed over in silence.
   */
  static boolean isFree(DatabaseSchema database, QualifiedName qualified, boolean ifNotExists) {
    String name = qualified.name().text();
    boolean view = database.view(name) != null;
    if (view || database.table(name) != null) {
      if (ifNotExists) {
        return false;
      }
      throw new SqlException(
          ResultCode.ERROR,
          (view ? "view " : "table ") + name + " already exists",
          qualified.name().position());
    }
    if (database.index(name) != null) {
      throw new SqlException("there is already an index named " + name);
    }
    return true;
  }

  /**
   * A view or trigger outside the temporary database names objects of its own database only.
   *
   * @param kind "view" or "trigger", for the message
   */
  static void checkReferences(
      String kind, String name, DatabaseSchema home, List<QualifiedName> references) {
    if (home.index() == Catalog.TEMP) {
      return;
    }
    for (QualifiedName each : references) {
      Name schema = each.schema();
      if (schema != null
          && !Names.same(schema.text(), home.name())
          && !(home.index() == Catalog.MAIN && Names.same(schema.text(), "main"))) {
        throw new SqlException(
            kind + " " + name + " cannot reference objects in database " + schema.text());
      }
    }
  }
}
