package dev.turso.sql.parse;

import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.Over;
import dev.turso.sql.ast.WindowClause;
import dev.turso.sql.ast.WindowDefinition;
import dev.turso.sql.ast.WindowFrame;
import dev.turso.sql.ast.WindowFrame.Bound;
import dev.turso.sql.ast.WindowFrame.BoundKind;
import dev.turso.sql.token.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Function calls with all that may follow them, and window definitions. */
final class FunctionCallParser {

  /** As SQLITE_MAX_FUNCTION_ARG of the reference build. */
  static final int MAXIMUM_ARGUMENTS = 127;

  private static final String[] ORDERED_SET = {"percentile_cont", "percentile_disc", "mode"};

  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final SelectParser selects;

  FunctionCallParser(TokenCursor cursor, ExpressionParser expressions, SelectParser selects) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.selects = selects;
  }

  /** The rest of a call; the current token is the opening parenthesis. */
  Expression call(Name name) {
    cursor.advance();
    if (cursor.accept(Token.STAR)) {
      cursor.expect(Token.RIGHT_PAREN);
      return suffixed(name, false, true, List.of(), List.of(), 0);
    }
    boolean distinct = cursor.accept(Token.DISTINCT);
    if (!distinct) {
      cursor.accept(Token.ALL);
    }
    List<Expression> arguments = List.of();
    int highest = 0;
    if (!cursor.at(Token.RIGHT_PAREN) && !cursor.at(Token.ORDER)) {
      cursor.enter(1);
      arguments = expressions.list();
      cursor.leave(1);
      highest = expressions.height();
    }
    List<OrderingTerm> orderBy = selects.orderBy();
    highest = Math.max(highest, orderBy.isEmpty() ? 0 : expressions.height());
    cursor.expect(Token.RIGHT_PAREN);
    Name orderedSet = orderedSetName(name);
    if (orderedSet != null && cursor.atWithinGroup()) {
      arguments = withOrderedArgument(arguments);
      name = orderedSet;
      highest = Math.max(highest, expressions.height());
    }
    if (arguments.size() > MAXIMUM_ARGUMENTS) {
      cursor.fail("too many arguments on function " + name.text(), name.position());
    }
    return suffixed(name, distinct, false, arguments, orderBy, highest);
  }

  /**
   * {@code f(a) WITHIN GROUP (ORDER BY x)} is {@code f(x, a)}, as in SQLite where it is compiled
   * with ordered-set aggregates.
   */
  private List<Expression> withOrderedArgument(List<Expression> arguments) {
    cursor.advance();
    cursor.expect(Token.GROUP);
    cursor.expect(Token.LEFT_PAREN);
    cursor.expect(Token.ORDER);
    cursor.expect(Token.BY);
    List<Expression> all = new ArrayList<>();
    all.add(expressions.expression());
    cursor.expect(Token.RIGHT_PAREN);
    all.addAll(arguments);
    return List.copyOf(all);
  }

  /**
   * The standard's ordered-set functions differ from SQLite's of the same name, called without WITHIN
   * GROUP: they go by a name that no one writes. Null for any other function.
   */
  private static @Nullable Name orderedSetName(Name name) {
    for (String each : ORDERED_SET) {
      if (each.equalsIgnoreCase(name.text())) {
        return new Name(each.concat(" within group"), name.position(), name.length());
      }
    }
    return null;
  }

  private Expression suffixed(
      Name name,
      boolean distinct,
      boolean star,
      List<Expression> arguments,
      List<OrderingTerm> orderBy,
      int argumentHeight) {
    Expression filter = null;
    Over over = null;
    if (cursor.accept(Token.FILTER)) {
      cursor.expect(Token.LEFT_PAREN);
      cursor.expect(Token.WHERE);
      filter = expressions.expression();
      cursor.expect(Token.RIGHT_PAREN);
    }
    if (cursor.accept(Token.OVER)) {
      over =
          cursor.at(Token.LEFT_PAREN)
              ? new Over.InlineWindow(parenthesizedWindow())
              : new Over.NamedWindow(cursor.name());
    }
    expressions.nodeOver(argumentHeight);
    return new Expression.FunctionCall(
        name, distinct, star, arguments, orderBy, filter, over, name.position());
  }

  /** {@code [WINDOW name AS (…), …]}. */
  List<WindowClause> windowClauses() {
    if (!cursor.accept(Token.WINDOW)) {
      return List.of();
    }
    List<WindowClause> windows = new ArrayList<>();
    do {
      Name name = cursor.name();
      cursor.expect(Token.AS);
      windows.add(new WindowClause(name, parenthesizedWindow()));
    } while (cursor.accept(Token.COMMA));
    return List.copyOf(windows);
  }

  private WindowDefinition parenthesizedWindow() {
    cursor.expect(Token.LEFT_PAREN);
    Name base = null;
    if (cursor.token().isName() && !atPartOfWindow()) {
      base = cursor.takeName();
    }
    List<Expression> partitionBy = List.of();
    if (cursor.accept(Token.PARTITION)) {
      cursor.expect(Token.BY);
      partitionBy = expressions.list();
    }
    List<OrderingTerm> orderBy = selects.orderBy();
    WindowFrame frame = frame();
    cursor.expect(Token.RIGHT_PAREN);
    return new WindowDefinition(base, partitionBy, orderBy, frame);
  }

  private boolean atPartOfWindow() {
    return switch (cursor.token()) {
      case PARTITION, ROWS, RANGE, GROUPS -> true;
      default -> false;
    };
  }

  private @Nullable WindowFrame frame() {
    WindowFrame.Unit unit =
        switch (cursor.token()) {
          case ROWS -> WindowFrame.Unit.ROWS;
          case RANGE -> WindowFrame.Unit.RANGE;
          case GROUPS -> WindowFrame.Unit.GROUPS;
          default -> null;
        };
    if (unit == null) {
      return null;
    }
    int position = cursor.start();
    cursor.advance();
    Bound start;
    Bound end = new Bound(BoundKind.CURRENT_ROW, null);
    if (cursor.accept(Token.BETWEEN)) {
      start = bound(Token.PRECEDING, BoundKind.UNBOUNDED_PRECEDING);
      cursor.expect(Token.AND);
      end = bound(Token.FOLLOWING, BoundKind.UNBOUNDED_FOLLOWING);
    } else {
      start = bound(Token.PRECEDING, BoundKind.UNBOUNDED_PRECEDING);
    }
    WindowFrame.Exclude exclude = exclude();
    if (endsBeforeItStarts(start.kind(), end.kind())) {
      cursor.fail("unsupported frame specification", position);
    }
    return new WindowFrame(unit, start, end, exclude);
  }

  private static boolean endsBeforeItStarts(BoundKind start, BoundKind end) {
    return start.compareTo(end) > 0;
  }

  private Bound bound(Token afterUnbounded, BoundKind unbounded) {
    if (cursor.accept(Token.UNBOUNDED)) {
      cursor.expect(afterUnbounded);
      return new Bound(unbounded, null);
    }
    if (cursor.accept(Token.CURRENT)) {
      cursor.expect(Token.ROW);
      return new Bound(BoundKind.CURRENT_ROW, null);
    }
    Expression offset = expressions.expression();
    if (cursor.accept(Token.PRECEDING)) {
      return new Bound(BoundKind.PRECEDING, offset);
    }
    cursor.expect(Token.FOLLOWING);
    return new Bound(BoundKind.FOLLOWING, offset);
  }

  private WindowFrame.Exclude exclude() {
    if (!cursor.accept(Token.EXCLUDE)) {
      return WindowFrame.Exclude.NO_OTHERS;
    }
    return switch (cursor.token()) {
      case NO -> {
        cursor.advance();
        cursor.expect(Token.OTHERS);
        yield WindowFrame.Exclude.NO_OTHERS;
      }
      case CURRENT -> {
        cursor.advance();
        cursor.expect(Token.ROW);
        yield WindowFrame.Exclude.CURRENT_ROW;
      }
      case GROUP -> {
        cursor.advance();
        yield WindowFrame.Exclude.GROUP;
      }
      case TIES -> {
        cursor.advance();
        yield WindowFrame.Exclude.TIES;
      }
      default -> throw cursor.syntaxError();
    };
  }
}
