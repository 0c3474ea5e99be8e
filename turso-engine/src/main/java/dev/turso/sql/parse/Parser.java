package dev.turso.sql.parse;

import dev.turso.error.SqlException;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.token.Token;
import org.jspecify.annotations.Nullable;

/**
 * Text into trees. All methods are pure and safe for use by several threads; they fail with {@link
 * SqlException}, SQLite's message and the offset of the token at fault, and with nothing else.
 */
public final class Parser {

  private Parser() {}

  /**
   * The first statement at or after an offset. What follows its semicolon is not looked at.
   *
   * @return null if there is nothing but white space, comments and semicolons
   */
  public static @Nullable ParsedStatement parse(String sql, int from) {
    return parse(new TokenCursor(sql, from));
  }

  private static @Nullable ParsedStatement parse(TokenCursor cursor) {
    while (cursor.at(Token.SEMICOLON)) {
      cursor.advance();
    }
    if (cursor.at(Token.END_OF_INPUT)) {
      return null;
    }
    int start = cursor.start();
    Statement statement = new StatementParser(cursor).statement();
    int end = cursor.previousEnd();
    if (!cursor.at(Token.SEMICOLON) && !cursor.at(Token.END_OF_INPUT)) {
      throw cursor.syntaxError();
    }
    cursor.finish();
    Parameters parameters = cursor.parameters();
    return new ParsedStatement(
        statement, start, end, cursor.end(), parameters.count(), parameters.names());
  }

  /** The only statement of a text, such as one that a schema stores. */
  public static Statement parseStatement(String sql) {
    ParsedStatement parsed = parse(sql, 0);
    if (parsed == null) {
      throw new TokenCursor(sql, sql.length()).syntaxError();
    }
    if (parse(sql, parsed.next()) != null) {
      throw new TokenCursor(sql, parsed.next()).syntaxError();
    }
    return parsed.statement();
  }

  /** A statement that a schema stores: what old versions let pass is no error there. */
  public static Statement parseStored(String sql) {
    TokenCursor cursor = new TokenCursor(sql, 0);
    cursor.allowOldKeys();
    ParsedStatement parsed = parse(cursor);
    if (parsed == null || parse(sql, parsed.next()) != null) {
      throw new TokenCursor(sql, parsed == null ? sql.length() : parsed.next()).syntaxError();
    }
    return parsed.statement();
  }

  /** An expression that is the whole text. */
  public static Expression parseExpression(String sql) {
    TokenCursor cursor = new TokenCursor(sql, 0);
    Expression expression = new StatementParser(cursor).expressions().expression();
    requireEnd(cursor);
    return expression;
  }

  /** A column definition, as in CREATE TABLE, that is the whole text. */
  public static ColumnDefinition parseColumnDefinition(String sql) {
    TokenCursor cursor = new TokenCursor(sql, 0);
    ColumnDefinition definition = new StatementParser(cursor).columns().definition();
    requireEnd(cursor);
    return definition;
  }

  private static void requireEnd(TokenCursor cursor) {
    if (!cursor.at(Token.END_OF_INPUT)) {
      throw cursor.syntaxError();
    }
    cursor.finish();
  }
}
