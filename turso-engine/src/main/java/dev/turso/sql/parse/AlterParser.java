package dev.turso.sql.parse;

import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TableConstraint;
import dev.turso.sql.token.Token;

/** ALTER TABLE. */
final class AlterParser {

  private final TokenCursor cursor;
  private final DmlParser dml;
  private final TableParser tables;

  AlterParser(TokenCursor cursor, DmlParser dml, TableParser tables) {
    this.cursor = cursor;
    this.dml = dml;
    this.tables = tables;
  }

  Statement alter() {
    cursor.expect(Token.ALTER);
    cursor.expect(Token.TABLE);
    QualifiedName table = cursor.qualifiedName();
    AlterTable.Action action =
        switch (cursor.token()) {
          case RENAME -> rename();
          case ADD -> add();
          case DROP -> drop();
          case ALTER -> alterColumn();
          default -> throw cursor.syntaxError();
        };
    return new AlterTable(table, action);
  }

  private AlterTable.Action rename() {
    cursor.advance();
    if (cursor.accept(Token.TO)) {
      return new AlterTable.RenameTo(cursor.name());
    }
    cursor.accept(Token.COLUMN);
    Name column = cursor.name();
    cursor.expect(Token.TO);
    return new AlterTable.RenameColumn(column, cursor.name());
  }

  private AlterTable.Action add() {
    cursor.advance();
    int from = cursor.start();
    if (cursor.at(Token.CHECK) || cursor.at(Token.CONSTRAINT)) {
      Name name = cursor.accept(Token.CONSTRAINT) ? cursor.name() : null;
      TableConstraint.Check check = tables.check(name);
      return new AlterTable.AddConstraint(check, constraintSince(from));
    }
    if (cursor.accept(Token.COLUMN)) {
      from = cursor.start();
    }
    ColumnDefinition definition = tables.columns().definition();
    return new AlterTable.AddColumn(definition, sourceToEnd(from));
  }

  private AlterTable.Action drop() {
    cursor.advance();
    if (cursor.accept(Token.CONSTRAINT)) {
      return new AlterTable.DropConstraint(cursor.name());
    }
    cursor.accept(Token.COLUMN);
    return new AlterTable.DropColumn(cursor.name());
  }

  private AlterTable.Action alterColumn() {
    cursor.advance();
    cursor.accept(Token.COLUMN);
    Name column = cursor.name();
    if (cursor.accept(Token.DROP)) {
      cursor.expect(Token.NOT);
      cursor.expect(Token.NULL);
      return new AlterTable.DropNotNull(column);
    }
    if (cursor.accept(Token.SET)) {
      int from = cursor.start();
      cursor.expect(Token.NOT);
      cursor.expect(Token.NULL);
      ConflictAction conflict = dml.onConflict();
      return new AlterTable.SetNotNull(column, conflict, constraintSince(from));
    }
    cursor.expect(Token.TO);
    int from = cursor.start();
    ColumnDefinition definition = tables.columns().definition();
    return new AlterTable.AlterColumn(column, definition, sourceSince(from));
  }

  private String sourceSince(int from) {
    return cursor.text().substring(from, cursor.previousEnd());
  }

  /**
   * The text with the comments at its end, without those at the very end that only a line's end would
   * end: what is written behind it must not become part of them.
   */
  private String constraintSince(int from) {
    String text = cursor.text();
    int end = cursor.previousEnd();
    for (int at = end; at < cursor.start(); ) {
      if (text.startsWith("--", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? cursor.start() : newline + 1;
      } else if (text.startsWith("/*", at)) {
        int closing = text.indexOf("*/", at + 2);
        at = closing < 0 ? cursor.start() : closing + 2;
        end = at;
      } else {
        at++;
      }
    }
    return text.substring(from, end);
  }

  /** The text up to the end of the statement, comments at its end too. */
  private String sourceToEnd(int from) {
    return cursor.text().substring(from, cursor.start()).stripTrailing();
  }
}
