package dev.turso.exec.ddl;

import dev.turso.schema.Names;
import dev.turso.sql.ast.CommonTable;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.ForeignKeyClause;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.TableReference;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the tokens of a statement that name a table. */
final class TableMentions extends TreeReader {

  private final String table;
  private final String database;
  private final boolean alone;
  private final TextEdits edits;
  private final Set<String> commonTables = new HashSet<>();

  /**
   * @param alone whether the name without a database is the table's, and not that of one that is found
   *     before it
   */
  TableMentions(String table, String database, boolean alone, TextEdits edits) {
    this.table = table;
    this.database = database;
    this.alone = alone;
    this.edits = edits;
  }

  @Override
  boolean enter(Record node) {
    switch (node) {
      case CommonTable n -> commonTables.add(Names.fold(n.name().text()));
      case TableReference.TableName n -> {
        if (n.name().schema() != null || !commonTables.contains(Names.fold(table))) {
          qualified(n.name());
        }
      }
      case InsertStatement n -> qualified(n.table());
      case Expression.InTable n -> qualified(n.table());
      case CreateTrigger n -> qualified(n.table());
      case CreateTable n -> qualified(n.name());
      case CreateIndex n -> plain(n.table());
      case ForeignKeyClause n -> plain(n.table());
      case Expression.ColumnName n -> column(n.schema(), n.table());
      case ResultColumn.AllColumnsOf n -> plain(n.table());
      default -> {}
    }
    return true;
  }

  private void qualified(QualifiedName name) {
    Name schema = name.schema();
    if (schema == null ? alone : Names.same(schema.text(), database)) {
      plain(name.name());
    }
  }

  private void column(@Nullable Name schema, @Nullable Name name) {
    if (name != null && (schema == null || Names.same(schema.text(), database))) {
      plain(name);
    }
  }

  private void plain(Name name) {
    if (Names.same(name.text(), table)) {
      edits.replace(name);
    }
  }
}
