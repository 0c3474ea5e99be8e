package dev.turso.exec.ddl;

import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.parse.Parser;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;

/** Where the definitions of columns stand in the text of a CREATE TABLE statement. */
final class ColumnText {

  private ColumnText() {}

  /** Where the definition of a column ends: at the comma or parenthesis after it. */
  static int end(String sql, CreateTable table, int column) {
    Tokenizer tokens = new Tokenizer(sql, table.columns().get(column).name().position());
    int depth = 0;
    while (true) {
      Token token = tokens.next();
      if (token == Token.END_OF_INPUT) {
        return sql.length();
      }
      if (token == Token.LEFT_PAREN) {
        depth++;
      } else if (token == Token.RIGHT_PAREN) {
        if (depth-- == 0) {
          return tokens.start();
        }
      } else if (token == Token.COMMA && depth == 0) {
        return tokens.start();
      }
    }
  }

  /** The text with one more definition after the last column. */
  static String withColumn(String sql, CreateTable table, String definition) {
    int end = end(sql, table, table.columns().size() - 1);
    return sql.substring(0, end) + ", " + definition + sql.substring(end);
  }

  /** The text with another definition of a column. */
  static String withDefinition(String sql, int column, String definition) {
    CreateTable table = (CreateTable) Parser.parseStatement(sql);
    int from = table.columns().get(column).name().position();
    return sql.substring(0, from) + definition + sql.substring(end(sql, table, column));
  }

  /** The text without a column. */
  static String withoutColumn(String sql, CreateTable table, int column) {
    int last = table.columns().size() - 1;
    if (column < last) {
      int from = table.columns().get(column).name().position();
      int to = table.columns().get(column + 1).name().position();
      return sql.substring(0, from) + sql.substring(to);
    }
    return sql.substring(0, end(sql, table, column - 1)) + sql.substring(end(sql, table, column));
  }
}
