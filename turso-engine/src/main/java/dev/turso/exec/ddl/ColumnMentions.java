package dev.turso.exec.ddl;

import dev.turso.schema.Catalog;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Assignment;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.ForeignKeyClause;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.ast.TableConstraint;
import dev.turso.sql.ast.TableReference;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.sql.ast.Upsert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tokens of a statement that name one column of one table: those that a qualifier says are
 * its, and those without one where the table is the innermost that has such a column. Names in USING
 * stay, as in SQLite: the statement then no longer means anything, and the renaming is refused.
 */
class ColumnMentions extends TreeReader {

  /** A table in scope: its names there, and whether it is the one we look for. */
  private record InScope(String name, boolean wanted, @Nullable Table table) {}

  private final Catalog catalog;
  private final Table wanted;
  final String column;
  final TextEdits edits;
  private final Deque<List<InScope>> scopes = new ArrayDeque<>();

  /**
   * Finds strings in double quotes that would be taken for a column of the table if one got their name.
   */
  static final class Strings extends ColumnMentions {

    /**
     * @param column what the table's column will be called
     */
    Strings(Catalog catalog, Table wanted, String column, TextEdits edits) {
      super(catalog, wanted, column, edits);
    }

    @Override
    void columnName(Expression.ColumnName n) {
      if (n.table() == null
          && Names.same(n.name().text(), column)
          && edits.isInDoubleQuotes(n.name())
          && !mayBeColumn()) {
        edits.replace(n.name());
      }
    }
  }

  ColumnMentions(Catalog catalog, Table wanted, String column, TextEdits edits) {
    this.catalog = catalog;
    this.wanted = wanted;
    this.column = column;
    this.edits = edits;
  }

  @Override
  boolean enter(Record node) {
    switch (node) {
      case CreateTable n -> {
        boolean own = isWanted(n.name());
        push(own ? List.of(wantedAs(wanted.name())) : List.of());
        if (own) {
          ownTable(n);
        }
      }
      case CreateIndex n ->
          push(
              Names.same(n.table().text(), wanted.name())
                  ? List.of(wantedAs(wanted.name()))
                  : List.of());
      case CreateTrigger n -> trigger(n);
      case Select n -> {
        select(n);
        return false;
      }
      case SelectCore.QuerySpecification n -> push(sources(n.from()));
      case UpdateStatement n -> {
        List<InScope> all = sources(n.target());
        all.addAll(sources(n.from()));
        push(all);
        if (isWanted(n.target().name())) {
          assignments(n.assignments());
        }
      }
      case DeleteStatement n -> push(sources(n.target()));
      case InsertStatement n -> insert(n);
      case ForeignKeyClause n -> {
        if (Names.same(n.table().text(), wanted.name())) {
          names(n.columns());
        }
      }
      case Expression.ColumnName n -> columnName(n);
      default -> {}
    }
    return true;
  }

  @Override
  void leave(Record node) {
    if (node instanceof CreateTable
        || node instanceof CreateIndex
        || node instanceof CreateTrigger
        || node instanceof SelectCore.QuerySpecification
        || node instanceof UpdateStatement
        || node instanceof DeleteStatement
        || node instanceof InsertStatement) {
      scopes.pop();
    }
  }

  private void push(List<InScope> sources) {
    scopes.push(sources);
  }

  private InScope wantedAs(String name) {
    return new InScope(name, true, wanted);
  }

  private void ownTable(CreateTable n) {
    for (ColumnDefinition each : n.columns()) {
      plain(each.name());
    }
    for (TableConstraint each : n.constraints()) {
      if (each instanceof TableConstraint.ForeignKey key) {
        names(key.columns());
      }
    }
  }

  private void trigger(CreateTrigger n) {
    boolean own = isWanted(n.table());
    List<InScope> rows = new ArrayList<>();
    if (own) {
      names(n.updateOf());
      rows.add(wantedAs("new"));
      rows.add(wantedAs("old"));
    }
    push(rows);
  }

  /** ORDER BY stands outside the cores, and sees their tables. */
  private void select(Select n) {
    walkIfPresent(n.with());
    walk(n.cores());
    List<InScope> all = new ArrayList<>();
    for (SelectCore each : n.cores()) {
      if (each instanceof SelectCore.QuerySpecification core) {
        all.addAll(sources(core.from()));
      }
    }
    push(all);
    for (OrderingTerm each : n.orderBy()) {
      if (!isAlias(each.expression(), n.cores())) {
        walk(each);
      }
    }
    scopes.pop();
    walkIfPresent(n.limit());
    walkIfPresent(n.offset());
  }

  private void walkIfPresent(@Nullable Object node) {
    if (node != null) {
      walk(node);
    }
  }

  /** Whether a term is nothing but the name that a result column is given. */
  private static boolean isAlias(Expression term, List<SelectCore> cores) {
    if (!(term instanceof Expression.ColumnName name) || name.table() != null) {
      return false;
    }
    for (SelectCore core : cores) {
      if (core instanceof SelectCore.QuerySpecification query) {
        for (ResultColumn each : query.resultColumns()) {
          Name alias = each instanceof ResultColumn.Computed computed ? computed.alias() : null;
          if (alias != null && Names.same(alias.text(), name.name().text())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void insert(InsertStatement n) {
    List<InScope> scope = new ArrayList<>();
    if (isWanted(n.table())) {
      names(n.columns());
      scope.add(wantedAs(n.alias() == null ? n.table().name().text() : n.alias().text()));
      scope.add(wantedAs("excluded"));
      for (Upsert each : n.upserts()) {
        assignments(each.assignments());
      }
    }
    push(scope);
  }

  private void assignments(List<Assignment> assignments) {
    for (Assignment each : assignments) {
      names(each.columns());
    }
  }

  private List<InScope> sources(@Nullable TableReference reference) {
    List<InScope> all = new ArrayList<>();
    collect(reference, all);
    return all;
  }

  private void collect(@Nullable TableReference reference, List<InScope> into) {
    switch (reference) {
      case null -> {}
      case TableReference.TableName n -> {
        String name = n.alias() == null ? n.name().name().text() : n.alias().text();
        Name schema = n.name().schema();
        Table table = catalog.table(schema == null ? null : schema.text(), n.name().name().text());
        into.add(new InScope(name, isWanted(n.name()), table));
      }
      case TableReference.Join n -> {
        collect(n.left(), into);
        collect(n.right(), into);
      }
      case TableReference.Parenthesized n -> collect(n.content(), into);
      case TableReference.DerivedTable n ->
          into.add(new InScope(n.alias() == null ? "" : n.alias().text(), false, null));
      case TableReference.TableFunction n -> {}
    }
  }

  private boolean isWanted(QualifiedName name) {
    Name schema = name.schema();
    if (!Names.same(name.name().text(), wanted.name())) {
      return false;
    }
    return schema == null || Names.same(schema.text(), catalog.databaseOf(wanted).name());
  }

  /** Whether a table in scope has the column already, or may have it. */
  final boolean mayBeColumn() {
    for (List<InScope> scope : scopes) {
      for (InScope each : scope) {
        Table table = each.table;
        if (table == null || table.columnIndex(column) >= 0) {
          return true;
        }
      }
    }
    return false;
  }

  void columnName(Expression.ColumnName n) {
    if (!Names.same(n.name().text(), column)) {
      return;
    }
    Name qualifier = n.table();
    for (List<InScope> scope : scopes) {
      for (InScope each : scope) {
        boolean named =
            qualifier == null
                ? !isRowName(each.name) && hasColumn(each)
                : Names.same(each.name, qualifier.text());
        if (named) {
          if (each.wanted) {
            edits.replace(n.name());
          }
          return;
        }
      }
    }
  }

  /** NEW, OLD and excluded are columns' tables only where they are written. */
  private static boolean isRowName(String name) {
    return name.equals("new") || name.equals("old") || name.equals("excluded");
  }

  private boolean hasColumn(InScope source) {
    Table table = source.table;
    return source.wanted || table != null && table.columnIndex(column) >= 0;
  }

  private void names(List<Name> names) {
    for (Name each : names) {
      plain(each);
    }
  }

  private void plain(Name name) {
    if (Names.same(name.text(), column)) {
      edits.replace(name);
    }
  }
}
