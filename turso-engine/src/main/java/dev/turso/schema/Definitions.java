package dev.turso.schema;

import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.CreateView;
import dev.turso.sql.ast.Name;
import java.util.ArrayList;
import java.util.List;

/** What a CREATE statement would define, before it has: without roots and ids. */
public final class Definitions {

  private Definitions() {}

  /** The table, with the indexes of its constraints. */
  public static Table table(
      CreateTable statement, int databaseIndex, String sql, CollationLookup collations) {
    TableBuilder table = TableDefinition.of(statement, collations);
    table.databaseIndex = databaseIndex;
    table.sql = sql;
    table.rootPage = table.withoutRowid ? -1 : 0;
    for (int i = 0; i < table.indexes.size(); i++) {
      IndexDraft draft = table.indexes.get(i);
      if (table.withoutRowid && draft.origin() == IndexOrigin.PRIMARY_KEY) {
        table.indexes.set(i, draft.at(0, -1));
      }
    }
    return new Table(table);
  }

  /** The table with one more index, which comes first in its list. */
  public static Table withIndex(Table table, CreateIndex statement, CollationLookup collations) {
    TableBuilder copy = new TableBuilder(table);
    copy.indexes.add(IndexDefinition.of(statement, copy, collations));
    return new Table(copy);
  }

  public static View view(CreateView statement, int databaseIndex, String sql) {
    return new View(
        0,
        databaseIndex,
        statement.name().name().text(),
        texts(statement.columns()),
        statement.select(),
        sql);
  }

  /**
   * @param tableDatabase the database of the watched table
   */
  public static Trigger trigger(
      CreateTrigger statement, int databaseIndex, int tableDatabase, String sql) {
    return new Trigger(
        0,
        databaseIndex,
        statement.name().name().text(),
        tableDatabase,
        statement.table().name().text(),
        statement.time(),
        statement.event(),
        texts(statement.updateOf()),
        statement.when(),
        statement.body(),
        sql);
  }

  static List<String> texts(List<Name> names) {
    List<String> texts = new ArrayList<>(names.size());
    for (Name each : names) {
      texts.add(each.text());
    }
    return List.copyOf(texts);
  }
}
