package dev.turso.spring.statement;

import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;

/** A statement's text without its literals. */
final class StatementShape {

  private static final int LONGEST = 2000;

  private StatementShape() {}

  /** The text with {@code ?} for each literal, without comments and line ends. */
  static String of(String sql) {
    StringBuilder shape = new StringBuilder(Math.min(sql.length(), LONGEST));
    Tokenizer tokens = new Tokenizer(sql, 0);
    int end = 0;
    for (Token token = tokens.next(); token != Token.END_OF_INPUT; token = tokens.next()) {
      if (tokens.start() > end && !shape.isEmpty()) {
        shape.append(' ');
      }
      end = tokens.end();
      switch (token) {
        case STRING, BLOB, INTEGER, REAL, SEPARATED_NUMBER -> shape.append('?');
        case ILLEGAL -> {
          return shape.append('…').toString();
        }
        default -> shape.append(sql, tokens.start(), tokens.end());
      }
      if (shape.length() > LONGEST) {
        return shape.append('…').toString();
      }
    }
    return shape.toString();
  }
}
