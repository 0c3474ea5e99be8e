package dev.turso.sql.parse;

import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Expression.LiteralKind;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.UnaryOperator;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may stand where an operand is expected: literals, names, prefix operators, parentheses. */
final class OperandParser {

  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final SelectParser selects;
  private final FunctionCallParser functions;

  OperandParser(TokenCursor cursor, ExpressionParser expressions, SelectParser selects) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.selects = selects;
    this.functions = new FunctionCallParser(cursor, expressions, selects);
  }

  FunctionCallParser functions() {
    return functions;
  }

  Expression operand() {
    return switch (cursor.token()) {
      case STRING -> stringOrName();
      case VARIABLE -> parameter();
      case LEFT_PAREN -> parenthesized();
      case MINUS -> prefix(UnaryOperator.MINUS, ExpressionParser.SIGN);
      case PLUS -> prefix(UnaryOperator.PLUS, ExpressionParser.SIGN);
      case TILDE -> prefix(UnaryOperator.BIT_NOT, ExpressionParser.SIGN);
      case NOT -> prefix(UnaryOperator.NOT, ExpressionParser.NOT);
      case CAST -> cast();
      case CASE -> caseExpression();
      case EXISTS -> exists();
      case RAISE -> raise();
      default -> {
        Expression literal = literal();
        if (literal != null) {
          yield literal;
        }
        if (!cursor.token().isColumnName()) {
          throw cursor.syntaxError();
        }
        yield nameOrCall();
      }
    };
  }

  /** A literal, or null if the current token is none. */
  @Nullable Expression literal() {
    int position = cursor.start();
    return switch (cursor.token()) {
      case INTEGER -> literal(LiteralKind.INTEGER, cursor.tokenText(), position);
      case REAL -> literal(LiteralKind.REAL, cursor.tokenText(), position);
      case SEPARATED_NUMBER -> separatedNumber();
      case STRING -> literal(LiteralKind.STRING, cursor.unquotedToken(), position);
      case BLOB -> literal(LiteralKind.BLOB, blobDigits(), position);
      case NULL -> literal(LiteralKind.NULL, "", position);
      case CURRENT_TIME -> literal(LiteralKind.CURRENT_TIME, "", position);
      case CURRENT_DATE -> literal(LiteralKind.CURRENT_DATE, "", position);
      case CURRENT_TIMESTAMP -> literal(LiteralKind.CURRENT_TIMESTAMP, "", position);
      default -> null;
    };
  }

  private Expression literal(LiteralKind kind, String text, int position) {
    cursor.advance();
    expressions.nodeOver(0);
    return new Expression.Literal(kind, text, position);
  }

  /** A number with underscores, which must all stand between digits. */
  private Expression separatedNumber() {
    String text = cursor.tokenText();
    int position = cursor.start();
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    boolean real = !hex && (text.indexOf('.') >= 0 || text.toLowerCase(Locale.ROOT).contains("e"));
    LiteralKind kind = real ? LiteralKind.REAL : LiteralKind.INTEGER;
    Expression literal = literal(kind, text.replace("_", ""), position);
    int radix = hex ? 16 : 10;
    for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
      if (Character.digit(text.charAt(i - 1), radix) < 0
          || i + 1 == text.length()
          || Character.digit(text.charAt(i + 1), radix) < 0) {
        cursor.fail("unrecognized token: \"" + text + "\"", position);
      }
    }
    return literal;
  }

  private String blobDigits() {
    return cursor.text().substring(cursor.start() + 2, cursor.end() - 1);
  }

  private Expression parameter() {
    int position = cursor.start();
    String written = cursor.tokenText();
    if (written.charAt(0) == '#' && Character.digit(written.charAt(1), 10) >= 0) {
      throw cursor.syntaxError();
    }
    cursor.advance();
    int index = cursor.parameters().index(written, position);
    expressions.nodeOver(0);
    return new Expression.Parameter(index, written.length() == 1 ? null : written, position);
  }

  private Expression stringOrName() {
    if (cursor.peek() == Token.DOT) {
      Name first = cursor.takeName();
      cursor.advance();
      return columnOf(first);
    }
    int position = cursor.start();
    return literal(LiteralKind.STRING, cursor.unquotedToken(), position);
  }

  private Expression nameOrCall() {
    int position = cursor.start();
    boolean doubleQuoted = cursor.text().charAt(position) == '"';
    Name name = cursor.takeName();
    return switch (cursor.token()) {
      case LEFT_PAREN -> functions.call(name);
      case DOT -> {
        cursor.advance();
        yield columnOf(name);
      }
      default -> {
        expressions.nodeOver(0);
        yield new Expression.ColumnName(null, null, name, doubleQuoted, position);
      }
    };
  }

  /**
   * {@code first.column} or {@code first.second.column}; the current token is after the first dot.
   */
  Expression columnOf(Name first) {
    Name second = cursor.name();
    expressions.nodeOver(0);
    if (!cursor.accept(Token.DOT)) {
      return new Expression.ColumnName(null, first, second, false, first.position());
    }
    Name third = cursor.name();
    return new Expression.ColumnName(first, second, third, false, first.position());
  }

  private Expression prefix(UnaryOperator operator, int operandPrecedence) {
    int position = cursor.start();
    cursor.advance();
    Expression operand = expressions.climb(operandPrecedence);
    expressions.nodeOver(expressions.height());
    return new Expression.Unary(operator, operand, position);
  }

  private Expression parenthesized() {
    int position = cursor.start();
    cursor.advance();
    if (selects.atSelect()) {
      Select select = selects.nestedSelect();
      cursor.expect(Token.RIGHT_PAREN);
      expressions.nodeOver(0);
      return new Expression.ScalarSubquery(select, position);
    }
    cursor.enter(1);
    List<Expression> values = expressions.list();
    cursor.leave(1);
    cursor.expect(Token.RIGHT_PAREN);
    if (values.size() == 1) {
      return values.get(0);
    }
    expressions.nodeOver(expressions.height());
    return new Expression.RowValue(values, position);
  }

  private Expression cast() {
    int position = cursor.start();
    cursor.advance();
    cursor.expect(Token.LEFT_PAREN);
    Expression operand = expressions.expression();
    int operandHeight = expressions.height();
    cursor.expect(Token.AS);
    String type = typeName();
    cursor.expect(Token.RIGHT_PAREN);
    expressions.nodeOver(operandHeight);
    return new Expression.Cast(operand, type, position);
  }

  /** {@code word … [(number [, number])]} as written, or empty; of quoted words only the first. */
  String typeName() {
    if (!cursor.token().isIdentifierOrString()) {
      return "";
    }
    int from = cursor.start();
    String first = cursor.unquotedToken();
    while (cursor.token().isIdentifierOrString()) {
      cursor.advance();
    }
    if (cursor.accept(Token.LEFT_PAREN)) {
      signedNumber();
      if (cursor.accept(Token.COMMA)) {
        signedNumber();
      }
      cursor.expect(Token.RIGHT_PAREN);
    }
    boolean quoted = !Tokenizer.isIdentifierPart(cursor.text().charAt(from));
    return quoted ? first : cursor.text().substring(from, cursor.previousEnd());
  }

  private void signedNumber() {
    if (!cursor.accept(Token.PLUS)) {
      cursor.accept(Token.MINUS);
    }
    if (!cursor.accept(Token.INTEGER)) {
      cursor.expect(Token.REAL);
    }
  }

  private Expression caseExpression() {
    int position = cursor.start();
    cursor.advance();
    cursor.enter(1);
    Expression operand = null;
    int highest = 0;
    if (!cursor.at(Token.WHEN)) {
      operand = expressions.expression();
      highest = expressions.height();
    }
    List<Expression.When> whens = new ArrayList<>();
    cursor.expect(Token.WHEN);
    do {
      Expression condition = expressions.expression();
      highest = Math.max(highest, expressions.height());
      cursor.expect(Token.THEN);
      whens.add(new Expression.When(condition, expressions.expression()));
      highest = Math.max(highest, expressions.height());
    } while (cursor.accept(Token.WHEN));
    Expression otherwise = null;
    if (cursor.accept(Token.ELSE)) {
      otherwise = expressions.expression();
      highest = Math.max(highest, expressions.height());
    }
    cursor.leave(1);
    cursor.expect(Token.END);
    expressions.nodeOver(highest);
    return new Expression.Case(operand, List.copyOf(whens), otherwise, position);
  }

  private Expression exists() {
    int position = cursor.start();
    cursor.advance();
    cursor.expect(Token.LEFT_PAREN);
    Select select = selects.nestedSelect();
    cursor.expect(Token.RIGHT_PAREN);
    expressions.nodeOver(0);
    return new Expression.Exists(select, position);
  }

  private Expression raise() {
    int position = cursor.start();
    cursor.advance();
    cursor.expect(Token.LEFT_PAREN);
    Expression message = null;
    ConflictAction action =
        switch (cursor.token()) {
          case IGNORE -> ConflictAction.IGNORE;
          case ROLLBACK -> ConflictAction.ROLLBACK;
          case ABORT -> ConflictAction.ABORT;
          case FAIL -> ConflictAction.FAIL;
          default -> throw cursor.syntaxError();
        };
    cursor.advance();
    expressions.nodeOver(0);
    if (action != ConflictAction.IGNORE) {
      cursor.expect(Token.COMMA);
      message = expressions.expression();
      expressions.nodeOver(expressions.height());
    }
    cursor.expect(Token.RIGHT_PAREN);
    return new Expression.Raise(action, message, position);
  }
}
