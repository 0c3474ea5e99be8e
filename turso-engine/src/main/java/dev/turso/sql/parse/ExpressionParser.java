package dev.turso.sql.parse;

import dev.turso.sql.ast.BinaryOperator;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Expression.LikeOperator;
import dev.turso.sql.ast.Expression.Literal;
import dev.turso.sql.ast.Expression.LiteralKind;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Select;
import dev.turso.sql.token.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions by precedence climbing. What stands in operand position is read by {@link
 * OperandParser}; this class knows operators.
 *
 * <p>The height of the tree is kept beside it: after each method that returns an expression {@link
 * #height} is that expression's, so that the limit costs no walk.
 */
final class ExpressionParser {

  /** As SQLITE_MAX_EXPR_DEPTH. */
  static final int MAXIMUM_HEIGHT = 1000;

  private static final int OR = 1;
  private static final int AND = 2;
  static final int NOT = 3;
  private static final int EQUALITY = 4;
  static final int SIGN = 12;

  private final TokenCursor cursor;
  private final OperandParser operands;
  private final SelectParser selects;
  private int height;

  ExpressionParser(TokenCursor cursor, SelectParser selects) {
    this.cursor = cursor;
    this.selects = selects;
    this.operands = new OperandParser(cursor, this, selects);
  }

  OperandParser operands() {
    return operands;
  }

  /** A whole expression. */
  Expression expression() {
    return climb(OR);
  }

  @Nullable Expression expressionAfter(Token keyword) {
    return cursor.accept(keyword) ? expression() : null;
  }

  /** A whole expression whose first operand has been read already. */
  Expression continued(Expression first) {
    height = 1;
    return climb(first, OR);
  }

  /** {@code expression, …}: at least one. */
  List<Expression> list() {
    Expression first = expression();
    if (!cursor.at(Token.COMMA)) {
      return List.of(first);
    }
    List<Expression> expressions = new ArrayList<>();
    expressions.add(first);
    int highest = height;
    while (cursor.accept(Token.COMMA)) {
      expressions.add(expression());
      highest = Math.max(highest, height);
    }
    height = highest;
    return List.copyOf(expressions);
  }

  /** Height of the expression, or the highest of the expressions, read last. */
  int height() {
    return height;
  }

  /** Says that the expression read last is a node over children of the given height. */
  void nodeOver(int childHeight) {
    height = childHeight + 1;
    if (height > MAXIMUM_HEIGHT) {
      cursor.fail(
          "Expression tree is too large (maximum depth " + MAXIMUM_HEIGHT + ")", cursor.start());
    }
  }

  /** An expression of operators that bind at least as strongly as {@code minimum}. */
  Expression climb(int minimum) {
    cursor.enter(1);
    Expression expression = climb(operands.operand(), minimum);
    cursor.leave(1);
    return expression;
  }

  private Expression climb(Expression first, int minimum) {
    Expression left = first;
    while (true) {
      Token operator = cursor.token();
      int precedence = operator.precedence();
      if (precedence == 0 || precedence < minimum) {
        return left;
      }
      left = precedence == EQUALITY ? equality(left, operator) : binary(left, operator);
    }
  }

  private Expression binary(Expression left, Token token) {
    cursor.advance();
    if (token == Token.COLLATE) {
      Expression collate =
          new Expression.Collate(left, cursor.identifierOrString(), left.position());
      nodeOver(height);
      return collate;
    }
    int leftHeight = height;
    Expression right = climb(token.precedence() + 1);
    nodeOver(Math.max(leftHeight, height));
    return new Expression.Binary(operator(token), left, right, left.position());
  }

  private BinaryOperator operator(Token token) {
    return switch (token) {
      case OR -> BinaryOperator.OR;
      case AND -> BinaryOperator.AND;
      case EQUAL -> BinaryOperator.EQUAL;
      case NOT_EQUAL -> BinaryOperator.NOT_EQUAL;
      case LESS -> BinaryOperator.LESS;
      case LESS_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
      case GREATER -> BinaryOperator.GREATER;
      case GREATER_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
      case BIT_AND -> BinaryOperator.BIT_AND;
      case BIT_OR -> BinaryOperator.BIT_OR;
      case SHIFT_LEFT -> BinaryOperator.SHIFT_LEFT;
      case SHIFT_RIGHT -> BinaryOperator.SHIFT_RIGHT;
      case PLUS -> BinaryOperator.ADD;
      case MINUS -> BinaryOperator.SUBTRACT;
      case STAR -> BinaryOperator.MULTIPLY;
      case SLASH -> BinaryOperator.DIVIDE;
      case PERCENT -> BinaryOperator.REMAINDER;
      case CONCAT -> BinaryOperator.CONCAT;
      case ARROW -> BinaryOperator.JSON_EXTRACT;
      case DOUBLE_ARROW -> BinaryOperator.JSON_EXTRACT_TEXT;
      default -> throw new AssertionError(token);
    };
  }

  /** The operators on the level of {@code =}, many of which are no plain binary ones. */
  private Expression equality(Expression left, Token token) {
    return switch (token) {
      case EQUAL, NOT_EQUAL -> binary(left, token);
      case IS -> is(left);
      case ISNULL -> isNull(left, false);
      case NOTNULL -> isNull(left, true);
      case NOT -> {
        cursor.advance();
        yield cursor.at(Token.NULL) ? isNull(left, true) : predicate(left, cursor.token(), true);
      }
      default -> predicate(left, token, false);
    };
  }

  private Expression isNull(Expression left, boolean negated) {
    cursor.advance();
    nodeOver(height);
    return new Expression.IsNull(left, negated, left.position());
  }

  private Expression is(Expression left) {
    cursor.advance();
    int leftHeight = height;
    boolean negated = cursor.accept(Token.NOT);
    if (cursor.accept(Token.DISTINCT)) {
      cursor.expect(Token.FROM);
      negated = !negated;
    }
    Expression right = climb(EQUALITY + 1);
    nodeOver(Math.max(leftHeight, height));
    if (right instanceof Literal literal && literal.kind() == LiteralKind.NULL) {
      return new Expression.IsNull(left, negated, left.position());
    }
    return new Expression.Is(left, right, negated, left.position());
  }

  private Expression predicate(Expression left, Token token, boolean negated) {
    return switch (token) {
      case LIKE -> like(left, LikeOperator.LIKE, negated);
      case GLOB -> like(left, LikeOperator.GLOB, negated);
      case REGEXP -> like(left, LikeOperator.REGEXP, negated);
      case MATCH -> like(left, LikeOperator.MATCH, negated);
      case BETWEEN -> between(left, negated);
      case IN -> in(left, negated);
      default -> throw cursor.syntaxError();
    };
  }

  private Expression like(Expression left, LikeOperator operator, boolean negated) {
    cursor.advance();
    int highest = height;
    Expression pattern = climb(EQUALITY + 1);
    highest = Math.max(highest, height);
    Expression escape = null;
    if (cursor.accept(Token.ESCAPE)) {
      escape = climb(EQUALITY + 1);
      highest = Math.max(highest, height);
    }
    nodeOver(highest);
    return new Expression.Like(operator, left, pattern, escape, negated, left.position());
  }

  private Expression between(Expression left, boolean negated) {
    cursor.advance();
    int highest = height;
    Expression low = betweenLow();
    highest = Math.max(highest, height);
    cursor.expect(Token.AND);
    Expression high = climb(EQUALITY + 1);
    nodeOver(Math.max(highest, height));
    return new Expression.Between(left, low, high, negated, left.position());
  }

  /** Any expression up to the AND of BETWEEN; behind an OR an AND is the operator again. */
  private Expression betweenLow() {
    Expression low = climb(NOT);
    while (cursor.at(Token.OR)) {
      low = binary(low, Token.OR);
    }
    return low;
  }

  private Expression in(Expression left, boolean negated) {
    cursor.advance();
    int leftHeight = height;
    if (cursor.at(Token.LEFT_PAREN)) {
      cursor.advance();
      return inParentheses(left, leftHeight, negated);
    }
    QualifiedName table = cursor.qualifiedName();
    List<Expression> arguments = List.of();
    height = 0;
    if (cursor.accept(Token.LEFT_PAREN)) {
      arguments = cursor.at(Token.RIGHT_PAREN) ? List.of() : list();
      cursor.expect(Token.RIGHT_PAREN);
    }
    nodeOver(Math.max(leftHeight, height));
    return new Expression.InTable(left, table, arguments, negated, left.position());
  }

  private Expression inParentheses(Expression left, int leftHeight, boolean negated) {
    if (selects.atSelect()) {
      Select select = selects.nestedSelect();
      cursor.expect(Token.RIGHT_PAREN);
      nodeOver(leftHeight);
      return new Expression.InSelect(left, select, negated, left.position());
    }
    height = 0;
    cursor.enter(1);
    List<Expression> list = cursor.at(Token.RIGHT_PAREN) ? List.of() : list();
    cursor.leave(1);
    cursor.expect(Token.RIGHT_PAREN);
    nodeOver(Math.max(leftHeight, height));
    return new Expression.InList(left, list, negated, left.position());
  }
}
