package dev.turso.sql.parse;

import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;

/**
 * Whether a text that someone types ends a statement, as {@code sqlite3_complete} sees it: its last
 * token is a semicolon, which for CREATE TRIGGER must follow END. Nothing else of the grammar is
 * looked at, so that a wrong statement can be complete.
 */
public final class Completeness {

  private enum State {
    START,
    NORMAL,
    EXPLAIN,
    CREATE,
    TRIGGER,
    TRIGGER_SEMICOLON,
    TRIGGER_END
  }

  private Completeness() {}

  /** Whether the text ends with a complete statement; white space and comments may follow it. */
  public static boolean isComplete(String text) {
    Tokenizer tokenizer = new Tokenizer(text, 0);
    State state = State.NORMAL;
    boolean any = false;
    for (Token token = tokenizer.next(); token != Token.END_OF_INPUT; token = tokenizer.next()) {
      if (token == Token.ILLEGAL && isOpen(text, tokenizer.start())) {
        return false;
      }
      state = next(any ? state : State.START, token);
      any = true;
    }
    return any && state == State.START && !endsInComment(text, tokenizer);
  }

  /** Where the first complete statement from {@code from} on ends: behind its semicolon. */
  public static int endOfFirst(String text, int from) {
    Tokenizer tokenizer = new Tokenizer(text, from);
    State state = State.START;
    for (Token token = tokenizer.next(); token != Token.END_OF_INPUT; token = tokenizer.next()) {
      state = next(state, token);
      if (state == State.START) {
        return tokenizer.end();
      }
    }
    return text.length();
  }

  private static State next(State state, Token token) {
    boolean semicolon = token == Token.SEMICOLON;
    return switch (state) {
      case START -> semicolon ? State.START : first(token);
      case NORMAL -> semicolon ? State.START : State.NORMAL;
      case EXPLAIN -> semicolon ? State.START : afterExplain(token);
      case CREATE -> semicolon ? State.START : afterCreate(token);
      case TRIGGER -> semicolon ? State.TRIGGER_SEMICOLON : State.TRIGGER;
      case TRIGGER_SEMICOLON ->
          semicolon
              ? State.TRIGGER_SEMICOLON
              : token == Token.END ? State.TRIGGER_END : State.TRIGGER;
      case TRIGGER_END -> semicolon ? State.START : State.TRIGGER;
    };
  }

  private static State first(Token token) {
    return token == Token.EXPLAIN ? State.EXPLAIN : afterExplain(token);
  }

  private static State afterExplain(Token token) {
    return switch (token) {
      case CREATE -> State.CREATE;
      case QUERY, PLAN -> State.EXPLAIN;
      default -> State.NORMAL;
    };
  }

  private static State afterCreate(Token token) {
    return switch (token) {
      case TEMP -> State.CREATE;
      case TRIGGER -> State.TRIGGER;
      default -> State.NORMAL;
    };
  }

  private static boolean isOpen(String text, int start) {
    return "'\"`[".indexOf(text.charAt(start)) >= 0;
  }

  /** The tokenizer takes an unterminated comment for white space; here more must come. */
  private static boolean endsInComment(String text, Tokenizer ended) {
    int from = text.lastIndexOf("/*");
    if (from < 0 || text.indexOf("*/", from + 2) >= 0) {
      return false;
    }
    Tokenizer tokenizer = new Tokenizer(text.substring(0, from) + " x", 0);
    Token last = Token.END_OF_INPUT;
    int lastStart = -1;
    for (Token token = tokenizer.next(); token != Token.END_OF_INPUT; token = tokenizer.next()) {
      last = token;
      lastStart = tokenizer.start();
    }
    return last == Token.ID && lastStart == from + 1;
  }
}
