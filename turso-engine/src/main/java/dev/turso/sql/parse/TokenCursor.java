package dev.turso.sql.parse;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token that the parser looks at, one more where a decision needs it, and the errors that are
 * about tokens. What all parts of one parse share (parameters, depth) lives here too.
 *
 * <p>An error names the first token with which no statement can go on, so every method throws at
 * the
 * current token and none reads past it. An illegal token is an error as soon as it becomes current.
 */
final class TokenCursor {

  /**
   * Nesting of expressions; parentheses, calls and CASE count twice and subqueries more. Parsing as
   * deep as that takes half a megabyte of stack in interpreted code.
   */
  static final int MAXIMUM_DEPTH = 1100;

  private final String text;
  private final Tokenizer tokenizer;
  private final Parameters parameters = new Parameters();
  private Token token = Token.SEMICOLON;
  private int start;
  private int end;
  private int previousEnd;
  private boolean peeked;
  private Token peekedToken = Token.SEMICOLON;
  private boolean oldKeys;
  private int depth;
  private @Nullable SqlException failure;
  private @Nullable SqlException failureAtEnd;

  TokenCursor(String text, int from) {
    this.text = text;
    this.tokenizer = new Tokenizer(text, from);
    this.end = from;
    advance();
  }

  Token token() {
    return token;
  }

  /** Offset of the current token. */
  int start() {
    return start;
  }

  /** Offset after the current token. */
  int end() {
    return end;
  }

  /** Offset after the token before the current one. */
  int previousEnd() {
    return previousEnd;
  }

  String text() {
    return text;
  }

  Parameters parameters() {
    return parameters;
  }

  boolean at(Token expected) {
    return token == expected;
  }

  /** Moves to the next token, unless something was found wrong before the current one. */
  void advance() {
    throwFailure();
    Token previous = token;
    previousEnd = end;
    Token next = peeked ? peekedToken : tokenizer.next();
    peeked = false;
    start = tokenizer.start();
    end = tokenizer.end();
    token = next;
    if (next == Token.WINDOW || next == Token.OVER || next == Token.FILTER) {
      token = keywordOrIdentifier(next, previous);
    } else if (next == Token.ILLEGAL) {
      throw error("unrecognized token: \"" + tokenText() + "\"", start);
    }
  }

  /**
   * Notes that what was read before the current token means nothing. As in SQLite, the statement
   * fails with that only if the current token could stand here.
   */
  void fail(String message, int position) {
    failure = error(message, position);
  }

  /** Notes what is wrong with the statement, should all its words be right. */
  void failAtEnd(String message, int position) {
    if (failureAtEnd == null) {
      failureAtEnd = error(message, position);
    }
  }

  /** Ends the parse: fails with what was noted, if anything was. */
  void finish() {
    throwFailure();
    if (failureAtEnd != null) {
      throw failureAtEnd;
    }
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * These three are keywords only where their neighbours say so, and plain identifiers elsewhere.
   */
  private Token keywordOrIdentifier(Token word, Token previous) {
    if (word == Token.WINDOW) {
      Tokenizer ahead = new Tokenizer(text, end);
      return isPlainName(ahead.next()) && ahead.next() == Token.AS ? word : Token.ID;
    }
    if (previous != Token.RIGHT_PAREN) {
      return Token.ID;
    }
    Token next = new Tokenizer(text, end).next();
    boolean keyword = next == Token.LEFT_PAREN || (word == Token.OVER && isPlainName(next));
    return keyword ? word : Token.ID;
  }

  private static boolean isPlainName(Token token) {
    return token.isIdentifierOrString()
        || token.isJoinWord()
        || token == Token.WINDOW
        || token == Token.OVER;
  }

  /** The token after the current one, which stays current. */
  Token peek() {
    if (!peeked) {
      peekedToken = tokenizer.next();
      peeked = true;
    }
    return peekedToken;
  }

  /** Whether two more tokens follow in this statement. */
  boolean twoFollow() {
    Tokenizer ahead = new Tokenizer(text, end);
    boolean first = isInStatement(ahead.next());
    return first && isInStatement(ahead.next());
  }

  /** Whether this is WITHIN GROUP and a parenthesis, and not an alias before GROUP BY. */
  boolean atWithinGroup() {
    if (!atWord("within")) {
      return false;
    }
    Tokenizer ahead = new Tokenizer(text, end);
    return ahead.next() == Token.GROUP && ahead.next() == Token.LEFT_PAREN;
  }

  private static boolean isInStatement(Token token) {
    return token != Token.SEMICOLON && token != Token.END_OF_INPUT;
  }

  /** Moves on if the current token is the given one, and says whether it did. */
  boolean accept(Token expected) {
    if (token != expected) {
      return false;
    }
    advance();
    return true;
  }

  void expect(Token expected) {
    if (token != expected) {
      throw syntaxError();
    }
    advance();
  }

  /** Whether the current token is this word, which is no keyword of SQLite's. */
  boolean atWord(String word) {
    return token == Token.ID
        && end - start == word.length()
        && text.regionMatches(true, start, word, 0, word.length());
  }

  boolean acceptWord(String word) {
    if (!atWord(word)) {
      return false;
    }
    advance();
    return true;
  }

  String tokenText() {
    return text.substring(start, end);
  }

  /** The text from an offset up to the current token, without white space at the ends. */
  String textSince(int from) {
    return trimmed(from, start);
  }

  String trimmed(int from, int to) {
    int first = from;
    int last = to;
    while (first < last && Tokenizer.isSpace(text.charAt(first))) {
      first++;
    }
    while (last > first && Tokenizer.isSpace(text.charAt(last - 1))) {
      last--;
    }
    return text.substring(first, last);
  }

  /** The name of an object or column. */
  Name name() {
    if (!token.isName()) {
      throw syntaxError();
    }
    return takeName();
  }

  /** A name that may be an identifier or a string only: a collation, or an alias without AS. */
  Name identifierOrString() {
    if (!token.isIdentifierOrString()) {
      throw syntaxError();
    }
    return takeName();
  }

  /** The current token as a name, whatever it is. */
  Name takeName() {
    Name name = new Name(unquotedToken(), start, end - start);
    advance();
    return name;
  }

  QualifiedName qualifiedName() {
    Name first = name();
    if (!accept(Token.DOT)) {
      return new QualifiedName(null, first);
    }
    return new QualifiedName(first, name());
  }

  /** {@code (name, …)}, with the parentheses. */
  List<Name> nameList() {
    expect(Token.LEFT_PAREN);
    List<Name> names = new ArrayList<>();
    do {
      names.add(name());
    } while (accept(Token.COMMA));
    expect(Token.RIGHT_PAREN);
    return List.copyOf(names);
  }

  /** Lets COLLATE and ASC pass after the names of a key that the schema of a file has. */
  void allowOldKeys() {
    oldKeys = true;
  }

  /**
   * {@code [(name, …)]}, empty if there is none; where SQLite's grammar has an old COLLATE and ASC
   * after a name that it then refuses, but in a schema that is stored.
   */
  List<Name> optionalColumnList() {
    if (!accept(Token.LEFT_PAREN)) {
      return List.of();
    }
    List<Name> names = new ArrayList<>();
    do {
      Name name = name();
      names.add(name);
      boolean collated = accept(Token.COLLATE);
      if (collated) {
        identifierOrString();
      }
      if ((accept(Token.ASC) || accept(Token.DESC) || collated) && !oldKeys) {
        fail("syntax error after column name \"" + name.text() + "\"", name.position());
      }
    } while (accept(Token.COMMA));
    expect(Token.RIGHT_PAREN);
    return List.copyOf(names);
  }

  /** The current token with its quotes, if it has any, removed. */
  String unquotedToken() {
    char quote = text.charAt(start);
    if (quote != '"' && quote != '\'' && quote != '`' && quote != '[') {
      return text.substring(start, end);
    }
    String inner = text.substring(start + 1, end - 1);
    if (quote == '[' || inner.indexOf(quote) < 0) {
      return inner;
    }
    StringBuilder unquoted = new StringBuilder(inner.length());
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      unquoted.append(c);
      if (c == quote) {
        i++;
      }
    }
    return unquoted.toString();
  }

  /** Goes deeper by some steps; {@link #leave} must follow, unless the parse fails. */
  void enter(int steps) {
    depth += steps;
    if (depth > MAXIMUM_DEPTH) {
      throw error("Recursion limit", start);
    }
  }

  void leave(int steps) {
    depth -= steps;
  }

  /** The error for a current token that cannot stand here. */
  SqlException syntaxError() {
    return token == Token.END_OF_INPUT
        ? error("incomplete input", start)
        : error("near \"" + tokenText() + "\": syntax error", start);
  }

  private static SqlException error(String message, int position) {
    return new SqlException(ResultCode.ERROR, message, position);
  }
}
