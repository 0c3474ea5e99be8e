package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression. Parentheses leave no node: the tree is what they were for. {@code TRUE} and {@code
 * FALSE} are {@link ColumnName}s, constants only where no column has that name.
 */
public sealed interface Expression {

  /** Offset of the first token in the text, in UTF-16 units. */
  int position();

  /**
   * A constant.
   *
   * @param text NULL and CURRENT_*: empty; INTEGER: the digits without separators, or {@code 0x…};
   *     REAL: likewise; STRING: the value, quotes removed; BLOB: the hex digits
   */
  record Literal(LiteralKind kind, String text, int position) implements Expression {}

  /** The storage class that a literal is written in. */
  enum LiteralKind {
    NULL,
    /** May be too large for 64 bits; then it is a REAL if decimal and an error if hexadecimal. */
    INTEGER,
    REAL,
    STRING,
    BLOB,
    CURRENT_TIME,
    CURRENT_DATE,
    CURRENT_TIMESTAMP
  }

  /**
   * A parameter.
   *
   * @param index from 1; equal names share one
   * @param name as written with its first character ({@code ?5 :a @a $a}); absent for a lone ?
   */
  record Parameter(int index, @Nullable String name, int position) implements Expression {}

  /**
   * {@code [[schema.]table.]column}.
   *
   * @param doubleQuoted a lone {@code "name"}: a string if no column has that name
   */
  record ColumnName(
      @Nullable Name schema, @Nullable Name table, Name name, boolean doubleQuoted, int position)
      implements Expression {}

  /** A sign, {@code ~} or NOT. */
  record Unary(UnaryOperator operator, Expression operand, int position) implements Expression {}

  /**
   * An operator between two operands.
   *
   * @param position of the left operand
   */
  record Binary(BinaryOperator operator, Expression left, Expression right, int position)
      implements Expression {}

  /**
   * {@code IS [NOT]} and {@code IS [NOT] DISTINCT FROM}, never against the literal NULL.
   *
   * @param negated true for IS NOT and for IS DISTINCT FROM
   */
  record Is(Expression left, Expression right, boolean negated, int position)
      implements Expression {}

  /** {@code IS [NOT] NULL, ISNULL, NOTNULL, NOT NULL}. */
  record IsNull(Expression operand, boolean negated, int position) implements Expression {}

  /** {@code operand COLLATE collation}. */
  record Collate(Expression operand, Name collation, int position) implements Expression {}

  /**
   * {@code CAST (operand AS typeName)}.
   *
   * @param typeName as written; may be empty
   */
  record Cast(Expression operand, String typeName, int position) implements Expression {}

  /** {@code CASE [operand] WHEN … THEN … [ELSE otherwise] END}; at least one WHEN. */
  record Case(
      @Nullable Expression operand, List<When> whens, @Nullable Expression otherwise, int position)
      implements Expression {}

  /** One {@code WHEN condition THEN result}. */
  record When(Expression condition, Expression result) {}

  /** {@code operand [NOT] BETWEEN low AND high}. */
  record Between(Expression operand, Expression low, Expression high, boolean negated, int position)
      implements Expression {}

  /** {@code operand [NOT] IN (list)}; the list may be empty. */
  record InList(Expression operand, List<Expression> list, boolean negated, int position)
      implements Expression {}

  /** {@code operand [NOT] IN (SELECT …)}. */
  record InSelect(Expression operand, Select select, boolean negated, int position)
      implements Expression {}

  /** {@code operand [NOT] IN [schema.]table}, or a table-valued function with its arguments. */
  record InTable(
      Expression operand,
      QualifiedName table,
      List<Expression> arguments,
      boolean negated,
      int position)
      implements Expression {}

  /** {@code EXISTS (SELECT …)}. */
  record Exists(Select select, int position) implements Expression {}

  /** {@code (SELECT …)} as a value, or as a row value where it has several columns. */
  record ScalarSubquery(Select select, int position) implements Expression {}

  /** {@code (a, b, …)}: at least two. */
  record RowValue(List<Expression> values, int position) implements Expression {}

  /**
   * {@code name([DISTINCT] arguments [ORDER BY …]) [FILTER (WHERE …)] [OVER …]}.
   *
   * @param star written as {@code name(*)}; then there are no arguments
   */
  record FunctionCall(
      Name name,
      boolean distinct,
      boolean star,
      List<Expression> arguments,
      List<OrderingTerm> orderBy,
      @Nullable Expression filter,
      @Nullable Over over,
      int position)
      implements Expression {}

  /** {@code operand [NOT] LIKE|GLOB|REGEXP|MATCH pattern [ESCAPE escape]}. */
  record Like(
      LikeOperator operator,
      Expression operand,
      Expression pattern,
      @Nullable Expression escape,
      boolean negated,
      int position)
      implements Expression {}

  /** The four operators that are functions called with (pattern, operand[, escape]). */
  enum LikeOperator {
    LIKE,
    GLOB,
    REGEXP,
    MATCH
  }

  /**
   * {@code RAISE (IGNORE)} or {@code RAISE (action, message)}.
   *
   * @param action IGNORE, ROLLBACK, ABORT or FAIL
   * @param message absent for IGNORE only
   */
  record Raise(ConflictAction action, @Nullable Expression message, int position)
      implements Expression {}
}
