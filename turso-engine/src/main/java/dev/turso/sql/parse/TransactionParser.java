package dev.turso.sql.parse;

import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TransactionStatement.Begin;
import dev.turso.sql.ast.TransactionStatement.Commit;
import dev.turso.sql.ast.TransactionStatement.Mode;
import dev.turso.sql.ast.TransactionStatement.Release;
import dev.turso.sql.ast.TransactionStatement.Rollback;
import dev.turso.sql.ast.TransactionStatement.Savepoint;
import dev.turso.sql.token.Token;

/** BEGIN, COMMIT, ROLLBACK, SAVEPOINT and RELEASE. */
final class TransactionParser {

  private final TokenCursor cursor;

  TransactionParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Statement statement() {
    Token first = cursor.token();
    cursor.advance();
    return switch (first) {
      case BEGIN -> begin();
      case COMMIT, END -> {
        skipTransaction();
        yield new Commit();
      }
      case ROLLBACK -> rollback();
      case SAVEPOINT -> new Savepoint(cursor.name());
      case RELEASE -> {
        cursor.accept(Token.SAVEPOINT);
        yield new Release(cursor.name());
      }
      default -> throw new AssertionError(first);
    };
  }

  private Statement begin() {
    Mode mode = Mode.DEFERRED;
    if (cursor.accept(Token.IMMEDIATE)) {
      mode = Mode.IMMEDIATE;
    } else if (cursor.accept(Token.EXCLUSIVE)) {
      mode = Mode.EXCLUSIVE;
    } else if (cursor.acceptWord("concurrent")) {
      mode = Mode.CONCURRENT;
    } else {
      cursor.accept(Token.DEFERRED);
    }
    skipTransaction();
    return new Begin(mode);
  }

  private Statement rollback() {
    skipTransaction();
    if (!cursor.accept(Token.TO)) {
      return new Rollback(null);
    }
    cursor.accept(Token.SAVEPOINT);
    Name savepoint = cursor.name();
    return new Rollback(savepoint);
  }

  /** {@code [TRANSACTION [name]]}, which says nothing. */
  private void skipTransaction() {
    if (cursor.accept(Token.TRANSACTION) && cursor.token().isName()) {
      cursor.advance();
    }
  }
}
