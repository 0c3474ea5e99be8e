package dev.turso.sql.print;

import dev.turso.sql.ast.BinaryOperator;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Expression.Literal;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.Over;
import dev.turso.sql.ast.UnaryOperator;
import dev.turso.sql.ast.WindowDefinition;
import dev.turso.sql.ast.WindowFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions, with parentheses where an operand binds less than its operator. */
final class ExpressionPrinter {

  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int EQUALITY = 4;
  private static final int COMPARISON = 5;
  private static final int BITS = 7;
  private static final int SUM = 8;
  private static final int PRODUCT = 9;
  private static final int CONCAT = 10;
  private static final int COLLATE = 11;
  private static final int SIGN = 12;
  private static final int OPERAND = 13;

  private final SqlWriter out;
  private final QueryPrinter queries;

  ExpressionPrinter(SqlWriter out, QueryPrinter queries) {
    this.out = out;
    this.queries = queries;
  }

  void list(List<Expression> expressions) {
    out.list(expressions, this::print);
  }

  /** {@code keyword expression}, or nothing. */
  void optional(String keyword, @Nullable Expression expression) {
    if (expression != null) {
      out.append(keyword);
      print(expression);
    }
  }

  void print(Expression expression) {
    switch (expression) {
      case Literal literal -> literal(literal);
      case Expression.Parameter p -> out.append(p.name() == null ? "?" : p.name());
      case Expression.ColumnName column -> column(column);
      case Expression.Unary unary -> unary(unary);
      case Expression.Binary binary -> binary(binary);
      case Expression.Is is -> {
        left(is.left(), EQUALITY);
        out.append(is.negated() ? " IS NOT " : " IS ");
        right(is.right(), EQUALITY);
      }
      case Expression.IsNull isNull -> {
        left(isNull.operand(), EQUALITY);
        out.append(isNull.negated() ? " IS NOT NULL" : " IS NULL");
      }
      case Expression.Collate collate -> {
        left(collate.operand(), COLLATE);
        out.append(" COLLATE ").name(collate.collation());
      }
      case Expression.Cast cast -> {
        out.append("CAST(");
        print(cast.operand());
        out.append(" AS ").append(cast.typeName()).append(")");
      }
      case Expression.Case caseOf -> caseOf(caseOf);
      case Expression.Between between -> between(between);
      case Expression.InList in -> {
        in(in.operand(), in.negated());
        out.append("(");
        list(in.list());
        out.append(")");
      }
      case Expression.InSelect in -> {
        in(in.operand(), in.negated());
        queries.parenthesized(in.select());
      }
      case Expression.InTable in -> {
        in(in.operand(), in.negated());
        out.name(in.table());
        arguments(in.arguments());
      }
      case Expression.Exists exists -> {
        out.append("EXISTS ");
        queries.parenthesized(exists.select());
      }
      case Expression.ScalarSubquery subquery -> queries.parenthesized(subquery.select());
      case Expression.RowValue row -> {
        out.append("(");
        list(row.values());
        out.append(")");
      }
      case Expression.FunctionCall call -> call(call);
      case Expression.Like like -> like(like);
      case Expression.Raise raise -> {
        out.append("RAISE(").append(raise.action().name());
        optional(", ", raise.message());
        out.append(")");
      }
    }
  }

  private void arguments(List<Expression> arguments) {
    if (!arguments.isEmpty()) {
      out.append("(");
      list(arguments);
      out.append(")");
    }
  }

  private void literal(Literal literal) {
    switch (literal.kind()) {
      case INTEGER, REAL -> out.append(literal.text());
      case STRING -> out.string(literal.text());
      case BLOB -> out.append("x'").append(literal.text()).append("'");
      case NULL, CURRENT_TIME, CURRENT_DATE, CURRENT_TIMESTAMP -> out.append(literal.kind().name());
    }
  }

  private void column(Expression.ColumnName column) {
    if (column.doubleQuoted()) {
      out.append("\"").append(column.name().text().replace("\"", "\"\"")).append("\"");
      return;
    }
    out.optionalName("", column.schema()).appendIf(column.schema() != null, ".");
    out.optionalName("", column.table()).appendIf(column.table() != null, ".");
    if (column.table() == null
        && !SqlWriter.quotedIfNeeded(column.name().text()).equals(column.name().text())) {
      out.append("`").append(column.name().text().replace("`", "``")).append("`");
    } else {
      out.name(column.name());
    }
  }

  private void unary(Expression.Unary unary) {
    out.append(unary.operator().sql());
    if (unary.operator() == UnaryOperator.NOT) {
      out.append(" ");
      operand(unary.operand(), NOT);
    } else {
      out.appendIf(unary.operand() instanceof Expression.Unary, " ");
      operand(unary.operand(), SIGN);
    }
  }

  private void binary(Expression.Binary binary) {
    int precedence = precedence(binary.operator());
    left(binary.left(), precedence);
    out.append(" ").append(binary.operator().sql()).append(" ");
    right(binary.right(), precedence);
  }

  private void in(Expression operand, boolean negated) {
    left(operand, EQUALITY);
    out.append(negated ? " NOT IN " : " IN ");
  }

  private void between(Expression.Between between) {
    left(between.operand(), EQUALITY);
    out.append(between.negated() ? " NOT BETWEEN " : " BETWEEN ");
    right(between.low(), EQUALITY);
    out.append(" AND ");
    right(between.high(), EQUALITY);
  }

  private void like(Expression.Like like) {
    left(like.operand(), EQUALITY);
    out.appendIf(like.negated(), " NOT").append(" ").append(like.operator().name()).append(" ");
    right(like.pattern(), EQUALITY);
    if (like.escape() != null) {
      out.append(" ESCAPE ");
      right(like.escape(), EQUALITY);
    }
  }

  private void caseOf(Expression.Case caseOf) {
    out.append("CASE");
    optional(" ", caseOf.operand());
    for (Expression.When when : caseOf.whens()) {
      out.append(" WHEN ");
      print(when.condition());
      out.append(" THEN ");
      print(when.result());
    }
    optional(" ELSE ", caseOf.otherwise());
    out.append(" END");
  }

  private void call(Expression.FunctionCall call) {
    out.name(call.name()).append("(").appendIf(call.star(), "*");
    out.appendIf(call.distinct(), "DISTINCT ");
    list(call.arguments());
    orderBy(call.arguments().isEmpty() ? "ORDER BY " : " ORDER BY ", call.orderBy());
    out.append(")");
    if (call.filter() != null) {
      optional(" FILTER (WHERE ", call.filter());
      out.append(")");
    }
    switch (call.over()) {
      case null -> {}
      case Over.NamedWindow window -> out.append(" OVER ").name(window.name());
      case Over.InlineWindow window -> {
        out.append(" OVER ");
        window(window.definition());
      }
    }
  }

  /** {@code (…)} of a window definition. */
  void window(WindowDefinition window) {
    out.append("(").optionalName("", window.base());
    boolean more = window.base() != null;
    if (!window.partitionBy().isEmpty()) {
      out.appendIf(more, " ").append("PARTITION BY ");
      list(window.partitionBy());
      more = true;
    }
    if (!window.orderBy().isEmpty()) {
      orderBy(more ? " ORDER BY " : "ORDER BY ", window.orderBy());
      more = true;
    }
    if (window.frame() != null) {
      out.appendIf(more, " ");
      frame(window.frame());
    }
    out.append(")");
  }

  private void frame(WindowFrame frame) {
    out.append(frame.unit().name()).append(" BETWEEN ");
    bound(frame.start());
    out.append(" AND ");
    bound(frame.end());
    out.append(
        switch (frame.exclude()) {
          case NO_OTHERS -> "";
          case CURRENT_ROW -> " EXCLUDE CURRENT ROW";
          case GROUP -> " EXCLUDE GROUP";
          case TIES -> " EXCLUDE TIES";
        });
  }

  private void bound(WindowFrame.Bound bound) {
    if (bound.offset() != null) {
      print(bound.offset());
      out.append(" ");
    }
    out.append(bound.kind().name().replace('_', ' '));
  }

  /** {@code keyword term, …}, or nothing. */
  void orderBy(String keyword, List<OrderingTerm> terms) {
    if (!terms.isEmpty()) {
      out.append(keyword);
      orderingTerms(terms);
    }
  }

  void orderingTerms(List<OrderingTerm> terms) {
    out.list(terms, this::orderingTerm);
  }

  private void orderingTerm(OrderingTerm term) {
    print(term.expression());
    if (term.direction() != null) {
      out.append(" ").append(term.direction().name());
    }
    if (term.nulls() != null) {
      out.append(" NULLS ").append(term.nulls().name());
    }
  }

  /** A left operand: operators of the same level associate to the left. */
  private void left(Expression expression, int precedence) {
    operand(expression, precedence);
  }

  private void right(Expression expression, int precedence) {
    operand(expression, precedence + 1);
  }

  private void operand(Expression expression, int minimum) {
    if (precedence(expression) >= minimum) {
      print(expression);
    } else {
      out.append("(");
      print(expression);
      out.append(")");
    }
  }

  private static int precedence(Expression expression) {
    return switch (expression) {
      case Expression.Unary unary -> unary.operator() == UnaryOperator.NOT ? NOT : SIGN;
      case Expression.Binary binary -> precedence(binary.operator());
      case Expression.Collate _ -> COLLATE;
      case Expression.Is _,
          Expression.IsNull _,
          Expression.Between _,
          Expression.InList _,
          Expression.InSelect _,
          Expression.InTable _,
          Expression.Like _ ->
          EQUALITY;
      default -> OPERAND;
    };
  }

  private static int precedence(BinaryOperator operator) {
    return switch (operator) {
      case OR -> OR;
      case AND -> AND;
      case EQUAL, NOT_EQUAL -> EQUALITY;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> COMPARISON;
      case BIT_AND, BIT_OR, SHIFT_LEFT, SHIFT_RIGHT -> BITS;
      case ADD, SUBTRACT -> SUM;
      case MULTIPLY, DIVIDE, REMAINDER -> PRODUCT;
      case CONCAT, JSON_EXTRACT, JSON_EXTRACT_TEXT -> CONCAT;
    };
  }
}
