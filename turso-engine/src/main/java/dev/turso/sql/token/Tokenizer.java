package dev.turso.sql.token;

/**
 * Cuts a text into tokens, one at a time, by SQLite's rules. White space and comments are passed
 * over; a NUL character ends the text. Nothing is copied: a token is a kind and a range.
 *
 * <p>Not safe for use by several threads.
 */
public final class Tokenizer {

  private static final int SPACE = 1;
  private static final int DIGIT = 2;
  private static final int WORD = 3;

  /** Class of each ASCII character: may it stand in a word, and is it a digit or space. */
  private static final byte[] CLASSES = new byte[128];

  static {
    for (int c = 'a'; c <= 'z'; c++) {
      CLASSES[c] = WORD;
      CLASSES[c - 0x20] = WORD;
    }
    CLASSES['_'] = WORD;
    CLASSES['$'] = WORD;
    for (int c = '0'; c <= '9'; c++) {
      CLASSES[c] = DIGIT;
    }
    for (int c = 0x09; c <= 0x0d; c++) {
      CLASSES[c] = SPACE;
    }
    CLASSES[' '] = SPACE;
  }

  private final String text;
  private final int limit;
  private int start;
  private int end;
  private boolean separated;

  /** Begins before the first token at or after {@code from}. */
  public Tokenizer(String text, int from) {
    this.text = text;
    this.limit = text.length();
    this.start = from;
    this.end = from;
  }

  /** Whether a character may stand in an identifier after its first one. */
  public static boolean isIdentifierPart(char c) {
    return c >= 128 || CLASSES[c] >= DIGIT;
  }

  /** Whether a character is white space to SQL. */
  public static boolean isSpace(char c) {
    return c < 128 && CLASSES[c] == SPACE;
  }

  /** Offset of the first character of the current token. */
  public int start() {
    return start;
  }

  /** Offset after the last character of the current token. */
  public int end() {
    return end;
  }

  /** The text that is cut. */
  public String text() {
    return text;
  }

  /** Moves to the next token; again and again {@link Token#END_OF_INPUT} at the end. */
  public Token next() {
    int at = skipSpace(end);
    start = at;
    if (at >= limit) {
      end = at;
      return Token.END_OF_INPUT;
    }
    char c = text.charAt(at);
    if (c >= 128) {
      return word(at + 1);
    }
    return switch (CLASSES[c]) {
      case WORD -> wordOrBlob(c);
      case DIGIT -> number(at);
      default -> symbol(c);
    };
  }

  /** The character at an offset, NUL behind the end: no rule below has to know where that is. */
  private char at(int offset) {
    return offset < limit ? text.charAt(offset) : 0;
  }

  private int skipSpace(int from) {
    int at = from;
    while (at < limit) {
      char c = text.charAt(at);
      if (isSpace(c) && (c != 0x0b || at > from)) {
        at++;
      } else if (c == '-' && at(at + 1) == '-') {
        at = endOfLine(at + 2);
      } else if (c == '/' && at(at + 1) == '*' && at + 2 < limit) {
        at = endOfComment(at + 3);
      } else if (c == 0xfeff) {
        at++;
      } else {
        return c == 0 ? limit : at;
      }
    }
    return at;
  }

  private int endOfLine(int from) {
    int newline = text.indexOf('\n', from);
    return newline < 0 ? limit : newline;
  }

  /**
   * {@code from} is behind the first character of the comment, which cannot be the closing slash.
   */
  private int endOfComment(int from) {
    int close = text.indexOf("*/", from - 1);
    return close < 0 ? limit : close + 2;
  }

  private Token finish(Token token, int end) {
    this.end = end;
    return token;
  }

  private Token symbol(char c) {
    int at = start + 1;
    return switch (c) {
      case ';' -> finish(Token.SEMICOLON, at);
      case '(' -> finish(Token.LEFT_PAREN, at);
      case ')' -> finish(Token.RIGHT_PAREN, at);
      case ',' -> finish(Token.COMMA, at);
      case '+' -> finish(Token.PLUS, at);
      case '*' -> finish(Token.STAR, at);
      case '/' -> finish(Token.SLASH, at);
      case '%' -> finish(Token.PERCENT, at);
      case '&' -> finish(Token.BIT_AND, at);
      case '~' -> finish(Token.TILDE, at);
      case '.' -> isDigit(at(at)) ? number(start) : finish(Token.DOT, at);
      case '=' -> finish(Token.EQUAL, at(at) == '=' ? at + 1 : at);
      case '|' -> at(at) == '|' ? finish(Token.CONCAT, at + 1) : finish(Token.BIT_OR, at);
      case '!' -> at(at) == '=' ? finish(Token.NOT_EQUAL, at + 1) : finish(Token.ILLEGAL, at);
      case '-' -> minus(at);
      case '<' -> less(at);
      case '>' -> greater(at);
      case '\'' -> quoted('\'', Token.STRING);
      case '"', '`' -> quoted(c, Token.ID);
      case '[' -> bracketed();
      case '?' -> finish(Token.VARIABLE, skipDigits(at));
      case '@', '#', ':' -> variable();
      default -> finish(Token.ILLEGAL, at);
    };
  }

  private Token minus(int at) {
    if (at(at) != '>') {
      return finish(Token.MINUS, at);
    }
    return at(at + 1) == '>' ? finish(Token.DOUBLE_ARROW, at + 2) : finish(Token.ARROW, at + 1);
  }

  private Token less(int at) {
    return switch (at(at)) {
      case '=' -> finish(Token.LESS_OR_EQUAL, at + 1);
      case '>' -> finish(Token.NOT_EQUAL, at + 1);
      case '<' -> finish(Token.SHIFT_LEFT, at + 1);
      default -> finish(Token.LESS, at);
    };
  }

  private Token greater(int at) {
    return switch (at(at)) {
      case '=' -> finish(Token.GREATER_OR_EQUAL, at + 1);
      case '>' -> finish(Token.SHIFT_RIGHT, at + 1);
      default -> finish(Token.GREATER, at);
    };
  }

  private Token quoted(char quote, Token token) {
    int at = start + 1;
    while (true) {
      char c = at(at);
      if (c == 0) {
        return finish(Token.ILLEGAL, at);
      }
      at++;
      if (c == quote) {
        if (at(at) != quote) {
          return finish(token, at);
        }
        at++;
      }
    }
  }

  private Token bracketed() {
    int at = start + 1;
    while (at(at) != ']') {
      if (at(at) == 0) {
        return finish(Token.ILLEGAL, at);
      }
      at++;
    }
    return finish(Token.ID, at + 1);
  }

  private Token variable() {
    int at = start + 1;
    int letters = 0;
    Token token = Token.VARIABLE;
    while (true) {
      char c = at(at);
      if (c != 0 && isIdentifierPart(c)) {
        letters++;
        at++;
      } else if (c == '(' && letters > 0) {
        do {
          at++;
        } while (at(at) != 0 && at(at) != ')' && !isSpace(at(at)));
        if (at(at) == ')') {
          at++;
        } else {
          token = Token.ILLEGAL;
        }
        break;
      } else if (c == ':' && at(at + 1) == ':') {
        at += 2;
      } else {
        break;
      }
    }
    return finish(letters == 0 ? Token.ILLEGAL : token, at);
  }

  private Token wordOrBlob(char c) {
    if (c == '$') {
      return variable();
    }
    if ((c == 'x' || c == 'X') && at(start + 1) == '\'') {
      return blob();
    }
    int at = start + 1;
    while (at < limit && isKeywordPart(text.charAt(at))) {
      at++;
    }
    if (at < limit && isIdentifierPart(text.charAt(at))) {
      return word(at + 1);
    }
    return finish(Keywords.find(text, start, at), at);
  }

  private static boolean isKeywordPart(char c) {
    return c < 128 && CLASSES[c] == WORD && c != '$';
  }

  private Token word(int from) {
    int at = from;
    while (at < limit && isIdentifierPart(text.charAt(at))) {
      at++;
    }
    return finish(Token.ID, at);
  }

  private Token blob() {
    int at = start + 2;
    while (isHexDigit(at(at))) {
      at++;
    }
    if (at(at) == '\'' && (at - start) % 2 == 0) {
      return finish(Token.BLOB, at + 1);
    }
    while (at(at) != 0 && at(at) != '\'') {
      at++;
    }
    return finish(Token.ILLEGAL, at(at) == 0 ? at : at + 1);
  }

  private Token number(int from) {
    int at = from;
    Token token = Token.INTEGER;
    separated = false;
    boolean hex = at(at) == '0' && (at(at + 1) | 0x20) == 'x' && isHexDigit(at(at + 2));
    if (hex) {
      at = skipHexDigitsAndSeparators(at + 3);
    } else {
      at = skipDigitsAndSeparators(at);
      if (at(at) == '.') {
        token = Token.REAL;
        at = skipDigitsAndSeparators(at + 1);
      }
      if ((at(at) | 0x20) == 'e' && exponentFollows(at + 1)) {
        token = Token.REAL;
        at = skipDigitsAndSeparators(at + 2);
      }
    }
    if (at < limit && isIdentifierPart(text.charAt(at))) {
      word(at + 1);
      return Token.ILLEGAL;
    }
    return finish(separated ? Token.SEPARATED_NUMBER : token, at);
  }

  private boolean exponentFollows(int at) {
    char c = at(at);
    return isDigit(c) || ((c == '+' || c == '-') && isDigit(at(at + 1)));
  }

  private int skipDigits(int from) {
    int at = from;
    while (isDigit(at(at))) {
      at++;
    }
    return at;
  }

  private int skipDigitsAndSeparators(int from) {
    int at = from;
    while (isDigit(at(at)) || isSeparator(at)) {
      at++;
    }
    return at;
  }

  private int skipHexDigitsAndSeparators(int from) {
    int at = from;
    while (isHexDigit(at(at)) || isSeparator(at)) {
      at++;
    }
    return at;
  }

  private boolean isSeparator(int offset) {
    boolean separator = at(offset) == '_';
    separated |= separator;
    return separator;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHexDigit(char c) {
    return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f' && c < 128);
  }
}
