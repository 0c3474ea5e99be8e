package dev.turso.sql.parse;

import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateMaterializedView;
import dev.turso.sql.ast.CreateView;
import dev.turso.sql.ast.CreateVirtualTable;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.token.Token;
import java.util.ArrayList;
import java.util.List;

/** CREATE of everything; tables and triggers have parsers of their own. */
final class CreateParser {

  private final TokenCursor cursor;
  private final SelectParser selects;
  private final TableParser tables;
  private final TriggerParser triggers;

  CreateParser(TokenCursor cursor, SelectParser selects, DmlParser dml, TableParser tables) {
    this.cursor = cursor;
    this.selects = selects;
    this.tables = tables;
    this.triggers = new TriggerParser(cursor, selects, dml);
  }

  Statement create() {
    cursor.expect(Token.CREATE);
    return switch (cursor.token()) {
      case TEMP -> {
        cursor.advance();
        yield tableViewOrTrigger(true);
      }
      case UNIQUE -> {
        cursor.advance();
        yield index(true);
      }
      case INDEX -> index(false);
      case VIRTUAL -> virtualTable();
      case MATERIALIZED -> materializedView();
      default -> tableViewOrTrigger(false);
    };
  }

  private Statement tableViewOrTrigger(boolean temporary) {
    return switch (cursor.token()) {
      case TABLE -> {
        cursor.advance();
        boolean ifNotExists = ifNotExists();
        yield tables.table(temporary, ifNotExists);
      }
      case VIEW -> view(temporary);
      case TRIGGER -> {
        cursor.advance();
        boolean ifNotExists = ifNotExists();
        yield triggers.trigger(temporary, ifNotExists);
      }
      default -> throw cursor.syntaxError();
    };
  }

  private boolean ifNotExists() {
    if (!cursor.accept(Token.IF)) {
      return false;
    }
    cursor.expect(Token.NOT);
    cursor.expect(Token.EXISTS);
    return true;
  }

  private Statement index(boolean unique) {
    cursor.expect(Token.INDEX);
    boolean ifNotExists = ifNotExists();
    QualifiedName name = cursor.qualifiedName();
    cursor.expect(Token.ON);
    Name table = cursor.name();
    cursor.expect(Token.LEFT_PAREN);
    List<OrderingTerm> columns = selects.indexedColumns();
    cursor.expect(Token.RIGHT_PAREN);
    Expression where = selects.expressions().expressionAfter(Token.WHERE);
    return new CreateIndex(unique, ifNotExists, name, table, columns, where);
  }

  private Statement view(boolean temporary) {
    cursor.advance();
    boolean ifNotExists = ifNotExists();
    QualifiedName name = cursor.qualifiedName();
    List<Name> columns = cursor.optionalColumnList();
    cursor.expect(Token.AS);
    Select select = selects.select();
    refuseParameters();
    return new CreateView(temporary, ifNotExists, name, columns, select);
  }

  private Statement materializedView() {
    if (cursor.peek() != Token.VIEW) {
      throw cursor.syntaxError();
    }
    cursor.advance();
    cursor.expect(Token.VIEW);
    boolean ifNotExists = ifNotExists();
    QualifiedName name = cursor.qualifiedName();
    List<Name> columns = cursor.optionalColumnList();
    cursor.expect(Token.AS);
    selects.withEndsQuery();
    Select select = selects.select();
    refuseParameters();
    boolean withData = true;
    if (cursor.accept(Token.WITH)) {
      withData = !cursor.accept(Token.NO);
      if (!cursor.acceptWord("data")) {
        throw cursor.syntaxError();
      }
    }
    return new CreateMaterializedView(ifNotExists, name, columns, select, withData);
  }

  private void refuseParameters() {
    if (cursor.parameters().count() > 0) {
      cursor.fail("parameters are not allowed in views", -1);
    }
  }

  private Statement virtualTable() {
    cursor.advance();
    cursor.expect(Token.TABLE);
    boolean ifNotExists = ifNotExists();
    QualifiedName name = cursor.qualifiedName();
    cursor.expect(Token.USING);
    Name module = cursor.name();
    List<String> arguments = cursor.at(Token.LEFT_PAREN) ? moduleArguments() : List.of();
    return new CreateVirtualTable(ifNotExists, name, module, arguments);
  }

  /** Any tokens; commas that no inner parentheses enclose separate the arguments. */
  private List<String> moduleArguments() {
    List<String> arguments = new ArrayList<>();
    cursor.advance();
    int depth = 0;
    int from = cursor.start();
    while (depth > 0 || !cursor.at(Token.RIGHT_PAREN)) {
      switch (cursor.token()) {
        case LEFT_PAREN -> depth++;
        case RIGHT_PAREN -> depth--;
        case END_OF_INPUT -> throw cursor.syntaxError();
        default -> {
          if (cursor.at(Token.COMMA) && depth == 0) {
            addArgument(arguments, from);
            from = cursor.end();
          }
        }
      }
      cursor.advance();
    }
    addArgument(arguments, from);
    cursor.advance();
    return List.copyOf(arguments);
  }

  private void addArgument(List<String> arguments, int from) {
    arguments.add(cursor.textSince(Math.min(from, cursor.start())));
  }
}
