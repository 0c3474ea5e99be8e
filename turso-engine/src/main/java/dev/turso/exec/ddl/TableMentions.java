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

/**
 * Finds the tokens of a statement that name a table: all of them, or with {@code legacy_alter_table}
 * only those that say which table is made, indexed or watched.
 */
final class TableMentions extends TreeReader {

  /** What a rename follows. */
  enum Reach {
    ALL,
    OWN,
    OWN_AND_PARENTS
  }

  private final String table;
  private final String database;
  private final boolean alone;
  private final Reach reach;
  private final TextEdits edits;
  private final Set<String> commonTables = new HashSet<>();

  /**
   * @param alone whether the name without a database is the table's, and not that of one that is found
   *     before it
   */
  TableMentions(String table, String database, boolean alone, Reach reach, TextEdits edits) {
    this.table = table;
    this.database = database;
    this.alone = alone;
    this.reach = reach;
    this.edits = edits;
  }

  @Override
  boolean enter(Record node) {
    switch (node) {
      case CreateTrigger n -> qualified(n.table());
      case CreateTable n -> qualified(n.name());
      case CreateIndex n -> plain(n.table());
      case ForeignKeyClause n -> {
        if (reach != Reach.OWN) {
          plain(n.table());
        }
      }
      default -> {
        if (reach == Reach.ALL) {
          enterOther(node);
        }
      }
    }
    return true;
  }

  private void enterOther(Record node) {
    switch (node) {
      case CommonTable n -> commonTables.add(Names.fold(n.name().text()));
      case TableReference.TableName n -> {
        if (n.name().schema() != null || !commonTables.contains(Names.fold(table))) {
          qualified(n.name());
        }
      }
      case InsertStatement n -> qualified(n.table());
      case Expression.InTable n -> qualified(n.table());
      case Expression.ColumnName n -> column(n.schema(), n.table());
      case ResultColumn.AllColumnsOf n -> plain(n.table());
      default -> {}
    }
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
