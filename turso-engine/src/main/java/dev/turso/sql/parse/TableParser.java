package dev.turso.sql.parse;

import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.ForeignKeyClause;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TableConstraint;
import dev.turso.sql.token.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE. */
final class TableParser {

  private final TokenCursor cursor;
  private final SelectParser selects;
  private final DmlParser dml;
  private final ColumnParser columns;

  TableParser(TokenCursor cursor, SelectParser selects, DmlParser dml) {
    this.cursor = cursor;
    this.selects = selects;
    this.dml = dml;
    this.columns = new ColumnParser(cursor, selects, dml);
  }

  ColumnParser columns() {
    return columns;
  }

  /** The rest of the statement; the current token is the table's name. */
  Statement table(boolean temporary, boolean ifNotExists) {
    QualifiedName name = cursor.qualifiedName();
    if (cursor.accept(Token.AS)) {
      return new CreateTable(
          temporary, ifNotExists, name, List.of(), List.of(), false, false, selects.select());
    }
    cursor.expect(Token.LEFT_PAREN);
    List<ColumnDefinition> definitions = new ArrayList<>();
    List<TableConstraint> constraints = List.of();
    definitions.add(columns.definition());
    while (cursor.accept(Token.COMMA)) {
      if (atConstraint()) {
        constraints = constraints();
        break;
      }
      definitions.add(columns.definition());
    }
    cursor.expect(Token.RIGHT_PAREN);
    boolean strict = false;
    boolean withoutRowid = false;
    boolean another = cursor.token().isName() || cursor.accept(Token.COMMA);
    while (another) {
      if (cursor.accept(Token.WITHOUT)) {
        requireOption("rowid");
        withoutRowid = true;
      } else {
        requireOption("strict");
        strict = true;
      }
      another = cursor.accept(Token.COMMA);
    }
    return new CreateTable(
        temporary,
        ifNotExists,
        name,
        List.copyOf(definitions),
        constraints,
        strict,
        withoutRowid,
        null);
  }

  private void requireOption(String option) {
    if (!cursor.token().isName()) {
      throw cursor.syntaxError();
    }
    int position = cursor.start();
    String word = cursor.tokenText();
    cursor.advance();
    if (!word.equalsIgnoreCase(option)) {
      cursor.fail("unknown table option: " + word, position);
    }
  }

  private boolean atConstraint() {
    return switch (cursor.token()) {
      case CONSTRAINT, PRIMARY, UNIQUE, CHECK, FOREIGN -> true;
      default -> false;
    };
  }

  /** Constraints, between which the comma may be left out. */
  private List<TableConstraint> constraints() {
    List<TableConstraint> constraints = new ArrayList<>();
    Name name = null;
    do {
      if (cursor.accept(Token.CONSTRAINT)) {
        name = cursor.name();
      } else {
        constraints.add(constraint(name));
        name = null;
      }
      if (cursor.accept(Token.COMMA)) {
        name = null;
        if (!atConstraint()) {
          throw cursor.syntaxError();
        }
      }
    } while (atConstraint());
    return List.copyOf(constraints);
  }

  private TableConstraint constraint(@Nullable Name name) {
    return switch (cursor.token()) {
      case PRIMARY -> primaryKey(name);
      case UNIQUE -> {
        cursor.advance();
        List<OrderingTerm> keyColumns = keyColumns();
        cursor.expect(Token.RIGHT_PAREN);
        yield new TableConstraint.Unique(name, keyColumns, dml.onConflict());
      }
      case CHECK -> check(name);
      case FOREIGN -> foreignKey(name);
      default -> throw cursor.syntaxError();
    };
  }

  private List<OrderingTerm> keyColumns() {
    cursor.expect(Token.LEFT_PAREN);
    return selects.indexedColumns();
  }

  private TableConstraint primaryKey(@Nullable Name name) {
    cursor.advance();
    cursor.expect(Token.KEY);
    List<OrderingTerm> keyColumns = keyColumns();
    boolean autoincrement = cursor.accept(Token.AUTOINCREMENT);
    cursor.expect(Token.RIGHT_PAREN);
    return new TableConstraint.PrimaryKey(name, keyColumns, autoincrement, dml.onConflict());
  }

  /** {@code CHECK (condition) [ON CONFLICT …]}, whose conflict clause has no effect. */
  TableConstraint.Check check(@Nullable Name name) {
    cursor.expect(Token.CHECK);
    int from = cursor.end();
    Expression condition = columns.parenthesized();
    String source = columns.insideParentheses(from);
    dml.onConflict();
    return new TableConstraint.Check(name, condition, source);
  }

  private TableConstraint foreignKey(@Nullable Name name) {
    cursor.advance();
    cursor.expect(Token.KEY);
    if (!cursor.at(Token.LEFT_PAREN)) {
      throw cursor.syntaxError();
    }
    List<Name> children = cursor.optionalColumnList();
    ForeignKeyClause clause = columns.references();
    if (columns.atDeferrable()) {
      clause = ColumnParser.withDeferred(clause, columns.deferrable());
    }
    return new TableConstraint.ForeignKey(name, children, clause);
  }
}
