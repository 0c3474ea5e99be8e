package dev.turso.sql.token;

/**
 * The kinds of token. Keywords come last and are named as they are written.
 *
 * <p>SQLite lets most keywords be names where the grammar has no use for the keyword itself; each
 * token knows which kinds of name it may be.
 */
public enum Token {
  END_OF_INPUT(Kind.SYMBOL, 0),
  ILLEGAL(Kind.SYMBOL, 0),
  ID(Kind.NAME, 0),
  STRING(Kind.STRING, 0),
  BLOB(Kind.SYMBOL, 0),
  INTEGER(Kind.SYMBOL, 0),
  REAL(Kind.SYMBOL, 0),
  /** A number with underscores in it, INTEGER or REAL, which may stand wrong. */
  SEPARATED_NUMBER(Kind.SYMBOL, 0),
  VARIABLE(Kind.SYMBOL, 0),
  SEMICOLON(Kind.SYMBOL, 0),
  LEFT_PAREN(Kind.SYMBOL, 0),
  RIGHT_PAREN(Kind.SYMBOL, 0),
  COMMA(Kind.SYMBOL, 0),
  DOT(Kind.SYMBOL, 0),
  EQUAL(Kind.SYMBOL, 4),
  NOT_EQUAL(Kind.SYMBOL, 4),
  LESS(Kind.SYMBOL, 5),
  LESS_OR_EQUAL(Kind.SYMBOL, 5),
  GREATER(Kind.SYMBOL, 5),
  GREATER_OR_EQUAL(Kind.SYMBOL, 5),
  BIT_AND(Kind.SYMBOL, 7),
  BIT_OR(Kind.SYMBOL, 7),
  SHIFT_LEFT(Kind.SYMBOL, 7),
  SHIFT_RIGHT(Kind.SYMBOL, 7),
  PLUS(Kind.SYMBOL, 8),
  MINUS(Kind.SYMBOL, 8),
  STAR(Kind.SYMBOL, 9),
  SLASH(Kind.SYMBOL, 9),
  PERCENT(Kind.SYMBOL, 9),
  CONCAT(Kind.SYMBOL, 10),
  ARROW(Kind.SYMBOL, 10),
  DOUBLE_ARROW(Kind.SYMBOL, 10),
  TILDE(Kind.SYMBOL, 0),
  ABORT(Kind.FALLBACK, 0),
  ACTION(Kind.FALLBACK, 0),
  ADD(Kind.RESERVED, 0),
  AFTER(Kind.FALLBACK, 0),
  ALL(Kind.RESERVED, 0),
  ALTER(Kind.RESERVED, 0),
  ALWAYS(Kind.FALLBACK, 0),
  ANALYZE(Kind.FALLBACK, 0),
  AND(Kind.RESERVED, 2),
  AS(Kind.RESERVED, 0),
  ASC(Kind.FALLBACK, 0),
  ATTACH(Kind.FALLBACK, 0),
  AUTOINCREMENT(Kind.RESERVED, 0),
  BEFORE(Kind.FALLBACK, 0),
  BEGIN(Kind.FALLBACK, 0),
  BETWEEN(Kind.RESERVED, 4),
  BY(Kind.FALLBACK, 0),
  CASCADE(Kind.FALLBACK, 0),
  CASE(Kind.RESERVED, 0),
  CAST(Kind.FALLBACK, 0),
  CHECK(Kind.RESERVED, 0),
  COLLATE(Kind.RESERVED, 11),
  COLUMN(Kind.FALLBACK, 0),
  COMMIT(Kind.RESERVED, 0),
  CONFLICT(Kind.FALLBACK, 0),
  CONSTRAINT(Kind.RESERVED, 0),
  CREATE(Kind.RESERVED, 0),
  CROSS(Kind.JOIN_WORD, 0),
  CURRENT(Kind.FALLBACK, 0),
  CURRENT_DATE(Kind.FALLBACK, 0),
  CURRENT_TIME(Kind.FALLBACK, 0),
  CURRENT_TIMESTAMP(Kind.FALLBACK, 0),
  DATABASE(Kind.FALLBACK, 0),
  DEFAULT(Kind.RESERVED, 0),
  DEFERRABLE(Kind.RESERVED, 0),
  DEFERRED(Kind.FALLBACK, 0),
  DELETE(Kind.RESERVED, 0),
  DESC(Kind.FALLBACK, 0),
  DETACH(Kind.FALLBACK, 0),
  DISTINCT(Kind.RESERVED, 0),
  DO(Kind.FALLBACK, 0),
  DROP(Kind.RESERVED, 0),
  EACH(Kind.FALLBACK, 0),
  ELSE(Kind.RESERVED, 0),
  END(Kind.FALLBACK, 0),
  ESCAPE(Kind.RESERVED, 0),
  EXCEPT(Kind.RESERVED, 0),
  EXCLUDE(Kind.FALLBACK, 0),
  EXCLUSIVE(Kind.FALLBACK, 0),
  EXISTS(Kind.RESERVED, 0),
  EXPLAIN(Kind.FALLBACK, 0),
  FAIL(Kind.FALLBACK, 0),
  FILTER(Kind.RESERVED, 0),
  FIRST(Kind.FALLBACK, 0),
  FOLLOWING(Kind.FALLBACK, 0),
  FOR(Kind.FALLBACK, 0),
  FOREIGN(Kind.RESERVED, 0),
  FROM(Kind.RESERVED, 0),
  FULL(Kind.JOIN_WORD, 0),
  GENERATED(Kind.FALLBACK, 0),
  GLOB(Kind.FALLBACK, 4),
  GROUP(Kind.RESERVED, 0),
  GROUPS(Kind.FALLBACK, 0),
  HAVING(Kind.RESERVED, 0),
  IF(Kind.FALLBACK, 0),
  IGNORE(Kind.FALLBACK, 0),
  IMMEDIATE(Kind.FALLBACK, 0),
  IN(Kind.RESERVED, 4),
  INDEX(Kind.RESERVED, 0),
  INDEXED(Kind.INDEXED_WORD, 0),
  INITIALLY(Kind.FALLBACK, 0),
  INNER(Kind.JOIN_WORD, 0),
  INSERT(Kind.RESERVED, 0),
  INSTEAD(Kind.FALLBACK, 0),
  INTERSECT(Kind.RESERVED, 0),
  INTO(Kind.RESERVED, 0),
  IS(Kind.RESERVED, 4),
  ISNULL(Kind.RESERVED, 4),
  JOIN(Kind.RESERVED, 0),
  KEY(Kind.FALLBACK, 0),
  LAST(Kind.FALLBACK, 0),
  LEFT(Kind.JOIN_WORD, 0),
  LIKE(Kind.FALLBACK, 4),
  LIMIT(Kind.RESERVED, 0),
  MATCH(Kind.FALLBACK, 4),
  MATERIALIZED(Kind.FALLBACK, 0),
  NATURAL(Kind.JOIN_WORD, 0),
  NO(Kind.FALLBACK, 0),
  NOT(Kind.RESERVED, 4),
  NOTHING(Kind.RESERVED, 0),
  NOTNULL(Kind.RESERVED, 4),
  NULL(Kind.RESERVED, 0),
  NULLS(Kind.FALLBACK, 0),
  OF(Kind.FALLBACK, 0),
  OFFSET(Kind.FALLBACK, 0),
  ON(Kind.RESERVED, 0),
  OR(Kind.RESERVED, 1),
  ORDER(Kind.RESERVED, 0),
  OTHERS(Kind.FALLBACK, 0),
  OUTER(Kind.JOIN_WORD, 0),
  OVER(Kind.RESERVED, 0),
  PARTITION(Kind.FALLBACK, 0),
  PLAN(Kind.FALLBACK, 0),
  PRAGMA(Kind.FALLBACK, 0),
  PRECEDING(Kind.FALLBACK, 0),
  PRIMARY(Kind.RESERVED, 0),
  QUERY(Kind.FALLBACK, 0),
  RAISE(Kind.FALLBACK, 0),
  RANGE(Kind.FALLBACK, 0),
  RECURSIVE(Kind.FALLBACK, 0),
  REFERENCES(Kind.RESERVED, 0),
  REGEXP(Kind.FALLBACK, 4),
  REINDEX(Kind.FALLBACK, 0),
  RELEASE(Kind.FALLBACK, 0),
  RENAME(Kind.FALLBACK, 0),
  REPLACE(Kind.FALLBACK, 0),
  RESTRICT(Kind.FALLBACK, 0),
  RETURNING(Kind.RESERVED, 0),
  RIGHT(Kind.JOIN_WORD, 0),
  ROLLBACK(Kind.FALLBACK, 0),
  ROW(Kind.FALLBACK, 0),
  ROWS(Kind.FALLBACK, 0),
  SAVEPOINT(Kind.FALLBACK, 0),
  SELECT(Kind.RESERVED, 0),
  SET(Kind.RESERVED, 0),
  TABLE(Kind.RESERVED, 0),
  TEMP(Kind.FALLBACK, 0),
  THEN(Kind.RESERVED, 0),
  TIES(Kind.FALLBACK, 0),
  TO(Kind.RESERVED, 0),
  TRANSACTION(Kind.RESERVED, 0),
  TRIGGER(Kind.FALLBACK, 0),
  UNBOUNDED(Kind.FALLBACK, 0),
  UNION(Kind.RESERVED, 0),
  UNIQUE(Kind.RESERVED, 0),
  UPDATE(Kind.RESERVED, 0),
  USING(Kind.RESERVED, 0),
  VACUUM(Kind.FALLBACK, 0),
  VALUES(Kind.RESERVED, 0),
  VIEW(Kind.FALLBACK, 0),
  VIRTUAL(Kind.FALLBACK, 0),
  WHEN(Kind.RESERVED, 0),
  WHERE(Kind.RESERVED, 0),
  WINDOW(Kind.RESERVED, 0),
  WITH(Kind.FALLBACK, 0),
  WITHOUT(Kind.FALLBACK, 0);

  private final Kind kind;
  private final int level;

  Token(Kind kind, int level) {
    this.kind = kind;
    this.level = level;
  }

  /** Whether it can be a name anywhere: an identifier, or a keyword that falls back to one. */
  public boolean isIdentifier() {
    return kind == Kind.NAME || kind == Kind.FALLBACK;
  }

  /** Whether it can be an alias without AS, a type or a collation: identifiers and strings. */
  public boolean isIdentifierOrString() {
    return isIdentifier() || kind == Kind.STRING;
  }

  /** Whether it can be a column or function in an expression: also INDEXED and words of joins. */
  public boolean isColumnName() {
    return isIdentifier() || kind == Kind.JOIN_WORD || kind == Kind.INDEXED_WORD;
  }

  /** Whether it can be the name of an object: all of the above. */
  public boolean isName() {
    return isColumnName() || kind == Kind.STRING;
  }

  /** Whether it is one of NATURAL, LEFT, RIGHT, FULL, OUTER, INNER, CROSS. */
  public boolean isJoinWord() {
    return kind == Kind.JOIN_WORD;
  }

  /** Whether it is a keyword. */
  public boolean isKeyword() {
    return compareTo(ABORT) >= 0;
  }

  /**
   * How strongly it binds as an infix or postfix operator, 1 (OR) to 11 (COLLATE); 0 if it is none.
   */
  public int precedence() {
    return level;
  }

  private enum Kind {
    SYMBOL,
    NAME,
    STRING,
    RESERVED,
    FALLBACK,
    JOIN_WORD,
    INDEXED_WORD
  }
}
