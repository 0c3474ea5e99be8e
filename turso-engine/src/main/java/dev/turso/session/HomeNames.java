package dev.turso.session;

import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.CreateMaterializedView;
import dev.turso.sql.ast.DropStatement;
import dev.turso.sql.ast.ExplainMaterializedView;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Pragma;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.RefreshMaterializedView;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TableNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database that a statement for an extension means, and the statement's text as that database keeps
 * it: it is main to whoever opens it by itself, whatever it is called where it is attached.
 */
final class HomeNames {

  private HomeNames() {}

  /** The database that a statement is about; null if it names one that is not there. */
  static @Nullable DatabaseSchema home(Statement statement, Catalog catalog) {
    QualifiedName name = subject(statement);
    if (name == null) {
      return null;
    }
    if (name.schema() != null) {
      return catalog.database(name.schema().text());
    }
    DatabaseSchema holder =
        switch (statement) {
          case DropStatement drop -> holder(drop, catalog);
          case AlterTable s -> catalog.databaseOfTableOrView(null, name.name().text());
          case RefreshMaterializedView s -> catalog.databaseOfTableOrView(null, name.name().text());
          case ExplainMaterializedView s -> catalog.databaseOfTableOrView(null, name.name().text());
          default -> null;
        };
    return holder == null ? catalog.main() : holder;
  }

  private static @Nullable DatabaseSchema holder(DropStatement drop, Catalog catalog) {
    String name = drop.name().name().text();
    for (DatabaseSchema each : catalog.searchOrder()) {
      boolean holds =
          switch (drop.kind()) {
            case INDEX -> each.index(name) != null;
            case TRIGGER -> each.trigger(name) != null;
            default -> each.table(name) != null || each.view(name) != null;
          };
      if (holds) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable QualifiedName subject(Statement statement) {
    return switch (statement) {
      case CreateMaterializedView s -> s.name();
      case RefreshMaterializedView s -> s.name();
      case ExplainMaterializedView s -> s.name();
      case DropStatement s -> s.name();
      case AlterTable s -> s.table();
      case Pragma s -> s.name();
      default -> null;
    };
  }

  /** The text without the name of the database before the subject, and with {@code main} elsewhere. */
  static String text(Statement statement, String text, DatabaseSchema home) {
    List<QualifiedName> names = new ArrayList<>();
    QualifiedName subject = subject(statement);
    if (statement instanceof CreateMaterializedView create) {
      names.addAll(TableNames.in(create.select()));
      checkReferences(create, names, home);
    }
    if (subject != null) {
      names.add(subject);
    }
    names.removeIf(each -> !isOf(home, each.schema()));
    names.sort(Comparator.comparingInt(each -> -each.name().position()));
    StringBuilder changed = new StringBuilder(text);
    for (QualifiedName each : names) {
      Name schema = each.schema();
      if (schema != null) {
        boolean own = each == subject;
        int end = own ? each.name().position() : schema.position() + schema.length();
        changed.replace(schema.position(), end, own ? "" : "main");
      }
    }
    return changed.toString();
  }

  private static void checkReferences(
      CreateMaterializedView create, List<QualifiedName> references, DatabaseSchema home) {
    for (QualifiedName each : references) {
      Name schema = each.schema();
      if (schema != null && !Names.same(schema.text(), home.name())) {
        throw new SqlException(
            "view "
                + create.name().name()
                + " cannot reference objects in database "
                + schema.text());
      }
    }
  }

  private static boolean isOf(DatabaseSchema home, @Nullable Name schema) {
    return schema != null && schema.position() >= 0 && Names.same(schema.text(), home.name());
  }
}
