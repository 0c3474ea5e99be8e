package dev.turso.sql.parse;

import dev.turso.error.SqlException;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.IndexHint;
import dev.turso.sql.ast.JoinConstraint;
import dev.turso.sql.ast.JoinKind;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.TableReference;
import dev.turso.sql.token.Token;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** FROM clauses: tables, table-valued functions, subqueries, and the joins between them. */
final class FromParser {

  private static final int NESTING_STEPS = 2;

  private static final int INNER = 1;
  private static final int CROSS = 2;
  private static final int NATURAL = 4;
  private static final int LEFT = 8;
  private static final int RIGHT = 16;
  private static final int OUTER = 32;

  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final SelectParser selects;

  FromParser(TokenCursor cursor, ExpressionParser expressions, SelectParser selects) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.selects = selects;
  }

  /** Everything behind FROM. */
  TableReference tables() {
    TableReference left = table();
    checkStandsBehindJoin();
    for (int terms = 1; ; terms++) {
      int position = cursor.start();
      int join = joinOperator();
      if (join < 0) {
        return left;
      }
      if (terms == Limits.FROM_TERMS) {
        throw new SqlException("too many FROM clause terms, max: " + Limits.FROM_TERMS);
      }
      TableReference right = table();
      JoinConstraint constraint = constraint();
      boolean natural = (join & NATURAL) != 0;
      if (natural && constraint != null) {
        cursor.failAtEnd("a NATURAL join may not have an ON or USING clause", position);
      }
      left = new TableReference.Join(left, right, kind(join), natural, constraint, position);
    }
  }

  private void checkStandsBehindJoin() {
    String clause = cursor.at(Token.ON) ? "ON" : cursor.at(Token.USING) ? "USING" : null;
    if (clause == null) {
      return;
    }
    int position = cursor.start();
    constraint();
    if (cursor.at(Token.ON) || cursor.at(Token.USING)) {
      throw cursor.syntaxError();
    }
    cursor.fail("a JOIN clause is required before " + clause, position);
  }

  private @Nullable JoinConstraint constraint() {
    if (cursor.accept(Token.ON)) {
      return new JoinConstraint.On(expressions.expression());
    }
    if (cursor.accept(Token.USING)) {
      return new JoinConstraint.Using(cursor.nameList());
    }
    return null;
  }

  private TableReference table() {
    if (cursor.at(Token.LEFT_PAREN)) {
      return parenthesized();
    }
    QualifiedName name = cursor.qualifiedName();
    if (cursor.accept(Token.LEFT_PAREN)) {
      List<Expression> arguments = cursor.at(Token.RIGHT_PAREN) ? List.of() : expressions.list();
      cursor.expect(Token.RIGHT_PAREN);
      return new TableReference.TableFunction(name, arguments, selects.alias());
    }
    return new TableReference.TableName(name, selects.alias(), indexHint());
  }

  private TableReference parenthesized() {
    int position = cursor.start();
    cursor.advance();
    if (selects.atSelect()) {
      Select select = selects.nestedSelect();
      cursor.expect(Token.RIGHT_PAREN);
      return new TableReference.DerivedTable(select, selects.alias(), position);
    }
    cursor.enter(NESTING_STEPS);
    TableReference content = tables();
    cursor.leave(NESTING_STEPS);
    cursor.expect(Token.RIGHT_PAREN);
    return new TableReference.Parenthesized(content, selects.alias(), position);
  }

  /** {@code [INDEXED BY name | NOT INDEXED]}. */
  @Nullable IndexHint indexHint() {
    if (cursor.accept(Token.INDEXED)) {
      cursor.expect(Token.BY);
      return new IndexHint(cursor.name());
    }
    if (cursor.accept(Token.NOT)) {
      cursor.expect(Token.INDEXED);
      return new IndexHint(null);
    }
    return null;
  }

  /** The flags of the join operator here, 0 for a comma, -1 if there is none. */
  private int joinOperator() {
    if (cursor.accept(Token.COMMA)) {
      return 0;
    }
    if (cursor.accept(Token.JOIN)) {
      return INNER;
    }
    if (!cursor.token().isJoinWord()) {
      return -1;
    }
    int position = cursor.start();
    StringBuilder words = new StringBuilder();
    int flags = 0;
    boolean known = true;
    for (int i = 0; i < 3 && !(i > 0 && cursor.at(Token.JOIN)); i++) {
      if (!cursor.token().isName()) {
        throw cursor.syntaxError();
      }
      int word = joinWord(cursor.tokenText());
      known &= word != 0;
      flags |= word;
      words.append(i > 0 ? " " : "").append(cursor.tokenText());
      cursor.advance();
    }
    cursor.expect(Token.JOIN);
    if (!known || contradicts(flags)) {
      cursor.fail("unknown join type: " + words, position);
    }
    return flags;
  }

  private static int joinWord(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "natural" -> NATURAL;
      case "left" -> LEFT | OUTER;
      case "right" -> RIGHT | OUTER;
      case "full" -> LEFT | RIGHT | OUTER;
      case "outer" -> OUTER;
      case "inner" -> INNER;
      case "cross" -> INNER | CROSS;
      default -> 0;
    };
  }

  private static boolean contradicts(int flags) {
    boolean outer = (flags & OUTER) != 0;
    return (outer && (flags & INNER) != 0) || (outer && (flags & (LEFT | RIGHT)) == 0);
  }

  private static JoinKind kind(int flags) {
    if (flags == 0) {
      return JoinKind.COMMA;
    }
    if ((flags & CROSS) != 0) {
      return JoinKind.CROSS;
    }
    return switch (flags & (LEFT | RIGHT)) {
      case LEFT -> JoinKind.LEFT;
      case RIGHT -> JoinKind.RIGHT;
      case LEFT | RIGHT -> JoinKind.FULL;
      default -> JoinKind.INNER;
    };
  }
}
