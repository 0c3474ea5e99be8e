package dev.turso.sql.parse;

import dev.turso.sql.ast.ColumnConstraint;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Expression.LiteralKind;
import dev.turso.sql.ast.ForeignKeyClause;
import dev.turso.sql.ast.ForeignKeyClause.Action;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.SortDirection;
import dev.turso.sql.ast.UnaryOperator;
import dev.turso.sql.token.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Column definitions and what may be said of one column. */
final class ColumnParser {

  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final SelectParser selects;
  private final DmlParser dml;

  ColumnParser(TokenCursor cursor, SelectParser selects, DmlParser dml) {
    this.cursor = cursor;
    this.expressions = selects.expressions();
    this.selects = selects;
    this.dml = dml;
  }

  ColumnDefinition definition() {
    Name name = cursor.name();
    String type = withoutGeneratedAlways(expressions.operands().typeName());
    return new ColumnDefinition(name, type, constraints(name));
  }

  /** The two words are possible words of a type, so that they were read as its end. */
  private static String withoutGeneratedAlways(String type) {
    String before = withoutWord(type, "ALWAYS");
    if (before.length() == type.length()) {
      return type;
    }
    String shorter = withoutWord(before, "GENERATED");
    return shorter.length() == before.length() ? type : shorter;
  }

  private static String withoutWord(String text, String word) {
    int start = text.length() - word.length();
    return start >= 0 && text.regionMatches(true, start, word, 0, word.length())
        ? text.substring(0, start).stripTrailing()
        : text;
  }

  private List<ColumnConstraint> constraints(Name column) {
    List<ColumnConstraint> constraints = new ArrayList<>(2);
    Name name = null;
    while (true) {
      if (cursor.accept(Token.CONSTRAINT)) {
        name = cursor.name();
        continue;
      }
      if (atDeferrable()) {
        setDeferred(constraints, deferrable());
        continue;
      }
      ColumnConstraint constraint = constraint(name, column);
      if (constraint == null) {
        return List.copyOf(constraints);
      }
      constraints.add(constraint);
      name = null;
    }
  }

  private @Nullable ColumnConstraint constraint(@Nullable Name name, Name column) {
    return switch (cursor.token()) {
      case DEFAULT -> defaultValue(name);
      case NULL -> {
        cursor.advance();
        dml.onConflict();
        yield new ColumnConstraint.MayBeNull(name);
      }
      case NOT -> {
        cursor.advance();
        cursor.expect(Token.NULL);
        yield new ColumnConstraint.NotNull(name, dml.onConflict());
      }
      case PRIMARY -> primaryKey(name);
      case UNIQUE -> {
        cursor.advance();
        yield new ColumnConstraint.Unique(name, dml.onConflict());
      }
      case CHECK -> {
        cursor.advance();
        int from = cursor.end();
        Expression condition = parenthesized();
        yield new ColumnConstraint.Check(name, condition, insideParentheses(from));
      }
      case REFERENCES -> new ColumnConstraint.References(name, references());
      case COLLATE -> {
        cursor.advance();
        yield new ColumnConstraint.Collate(name, cursor.identifierOrString());
      }
      case GENERATED -> {
        cursor.advance();
        cursor.expect(Token.ALWAYS);
        yield generated(name, column);
      }
      case AS -> generated(name, column);
      default -> null;
    };
  }

  /** {@code (expression)}. */
  Expression parenthesized() {
    cursor.expect(Token.LEFT_PAREN);
    Expression expression = expressions.expression();
    cursor.expect(Token.RIGHT_PAREN);
    return expression;
  }

  /** The text between parentheses, of which the closing one was read last. */
  String insideParentheses(int afterOpening) {
    return cursor.trimmed(afterOpening, cursor.previousEnd() - 1);
  }

  private ColumnConstraint primaryKey(@Nullable Name name) {
    cursor.advance();
    cursor.expect(Token.KEY);
    SortDirection direction = selects.sortDirection();
    ConflictAction conflict = dml.onConflict();
    boolean autoincrement = cursor.accept(Token.AUTOINCREMENT);
    return new ColumnConstraint.PrimaryKey(name, direction, conflict, autoincrement);
  }

  private ColumnConstraint generated(@Nullable Name name, Name column) {
    cursor.expect(Token.AS);
    Expression value = parenthesized();
    boolean stored = false;
    if (cursor.token().isIdentifier()) {
      String kind = cursor.tokenText();
      cursor.advance();
      stored = kind.equalsIgnoreCase("stored");
      if (!stored && !kind.equalsIgnoreCase("virtual")) {
        cursor.fail("error in generated column \"" + column.text() + "\"", column.position());
      }
    }
    return new ColumnConstraint.Generated(name, value, stored);
  }

  private ColumnConstraint defaultValue(@Nullable Name name) {
    cursor.advance();
    int from = cursor.start();
    if (cursor.at(Token.LEFT_PAREN)) {
      int inside = cursor.end();
      Expression value = parenthesized();
      return new ColumnConstraint.Default(name, value, insideParentheses(inside));
    }
    Expression value =
        switch (cursor.token()) {
          case PLUS -> signed(UnaryOperator.PLUS);
          case MINUS -> signed(UnaryOperator.MINUS);
          default -> literalOrWord();
        };
    return new ColumnConstraint.Default(name, value, cursor.textSince(from));
  }

  private Expression signed(UnaryOperator sign) {
    int position = cursor.start();
    cursor.advance();
    Expression literal = expressions.operands().literal();
    if (literal == null) {
      throw cursor.syntaxError();
    }
    return new Expression.Unary(sign, literal, position);
  }

  /** A bare word is a string, but TRUE and FALSE are what they are elsewhere. */
  private Expression literalOrWord() {
    Expression literal = expressions.operands().literal();
    if (literal != null) {
      return literal;
    }
    if (!cursor.token().isIdentifier() && !cursor.at(Token.INDEXED)) {
      throw cursor.syntaxError();
    }
    Name word = cursor.takeName();
    if (word.text().equalsIgnoreCase("true") || word.text().equalsIgnoreCase("false")) {
      return new Expression.ColumnName(null, null, word, false, word.position());
    }
    return new Expression.Literal(LiteralKind.STRING, word.text(), word.position());
  }

  /** {@code REFERENCES table …} without the deferral of a column's constraint. */
  ForeignKeyClause references() {
    cursor.expect(Token.REFERENCES);
    Name table = cursor.name();
    List<Name> columns = cursor.optionalColumnList();
    Action onDelete = Action.NO_ACTION;
    Action onUpdate = Action.NO_ACTION;
    while (true) {
      if (cursor.accept(Token.MATCH)) {
        cursor.name();
      } else if (cursor.accept(Token.ON)) {
        switch (cursor.token()) {
          case DELETE -> {
            cursor.advance();
            onDelete = action();
          }
          case UPDATE -> {
            cursor.advance();
            onUpdate = action();
          }
          case INSERT -> {
            cursor.advance();
            action();
          }
          default -> throw cursor.syntaxError();
        }
      } else {
        return new ForeignKeyClause(table, columns, onDelete, onUpdate, false);
      }
    }
  }

  private Action action() {
    Action action =
        switch (cursor.token()) {
          case CASCADE -> Action.CASCADE;
          case RESTRICT -> Action.RESTRICT;
          case NO -> {
            cursor.advance();
            yield cursor.at(Token.ACTION) ? Action.NO_ACTION : null;
          }
          case SET -> {
            cursor.advance();
            yield cursor.at(Token.NULL)
                ? Action.SET_NULL
                : cursor.at(Token.DEFAULT) ? Action.SET_DEFAULT : null;
          }
          default -> null;
        };
    if (action == null) {
      throw cursor.syntaxError();
    }
    cursor.advance();
    return action;
  }

  /** Whether {@code [NOT] DEFERRABLE} stands here. */
  boolean atDeferrable() {
    return cursor.at(Token.DEFERRABLE)
        || (cursor.at(Token.NOT) && cursor.peek() == Token.DEFERRABLE);
  }

  /** {@code [NOT] DEFERRABLE [INITIALLY DEFERRED|IMMEDIATE]}: whether checks wait for COMMIT. */
  boolean deferrable() {
    boolean not = cursor.accept(Token.NOT);
    cursor.expect(Token.DEFERRABLE);
    if (!cursor.accept(Token.INITIALLY)) {
      return false;
    }
    if (cursor.accept(Token.DEFERRED)) {
      return !not;
    }
    cursor.expect(Token.IMMEDIATE);
    return false;
  }

  /** A deferral is written as a constraint of its own and belongs to the last foreign key. */
  private static void setDeferred(List<ColumnConstraint> constraints, boolean deferred) {
    for (int i = constraints.size() - 1; i >= 0; i--) {
      if (constraints.get(i) instanceof ColumnConstraint.References references) {
        constraints.set(
            i,
            new ColumnConstraint.References(
                references.name(), withDeferred(references.clause(), deferred)));
        return;
      }
    }
  }

  static ForeignKeyClause withDeferred(ForeignKeyClause clause, boolean deferred) {
    return new ForeignKeyClause(
        clause.table(), clause.columns(), clause.onDelete(), clause.onUpdate(), deferred);
  }
}
