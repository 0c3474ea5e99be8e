package dev.turso.cdc.flink;

import static dev.turso.cdc.flink.FlinkQuery.refused;

import dev.turso.schema.Names;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.value.Affinity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the expressions of one SELECT as Flink has them. There a condition is no number and a number no
 * condition, so that each expression is written either as a value or as a condition. For one thread.
 */
final class FlinkExpressions {

  private final FlinkQuery queries;
  private final FlinkNames names;
  private final List<ResultColumn> results;

  /**
   * @param results what other clauses may name by alias or number
   */
  FlinkExpressions(FlinkQuery queries, FlinkNames names, List<ResultColumn> results) {
    this.queries = queries;
    this.names = names;
    this.results = results;
  }

  // ---- conditions

  String condition(Expression expression) {
    return switch (expression) {
      case Expression.Unary not when not.operator().name().equals("NOT") ->
          "NOT (" + condition(not.operand()) + ")";
      case Expression.Binary binary ->
          switch (binary.operator()) {
            case AND, OR ->
                "("
                    + condition(binary.left())
                    + " "
                    + binary.operator().sql()
                    + " "
                    + condition(binary.right())
                    + ")";
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                "("
                    + value(binary.left())
                    + " "
                    + binary.operator().sql()
                    + " "
                    + value(binary.right())
                    + ")";
            default -> "(" + value(binary) + " <> 0)";
          };
      case Expression.Is is ->
          "("
              + value(is.left())
              + (is.negated() ? " IS DISTINCT FROM " : " IS NOT DISTINCT FROM ")
              + value(is.right())
              + ")";
      case Expression.IsNull isNull ->
          "(" + value(isNull.operand()) + (isNull.negated() ? " IS NOT NULL)" : " IS NULL)");
      case Expression.Between between ->
          "("
              + value(between.operand())
              + not(between.negated())
              + " BETWEEN "
              + value(between.low())
              + " AND "
              + value(between.high())
              + ")";
      case Expression.InList in -> {
        if (in.list().isEmpty()) {
          throw refused("IN with an empty list");
        }
        yield "(" + value(in.operand()) + not(in.negated()) + " IN (" + values(in.list()) + "))";
      }
      case Expression.InSelect in ->
          "("
              + value(in.operand())
              + not(in.negated())
              + " IN ("
              + queries.print(in.select())
              + "))";
      case Expression.Exists exists -> "EXISTS (" + queries.print(exists.select()) + ")";
      case Expression.Like like -> like(like);
      case Expression.Case ignored -> "(" + value(expression) + " <> 0)";
      default -> "(" + value(expression) + " <> 0)";
    };
  }

  private static String not(boolean negated) {
    return negated ? " NOT" : "";
  }

  /** Letters' case does not count, for letters of ASCII: a pattern has to be a text of those. */
  private String like(Expression.Like like) {
    if (like.operator() != Expression.LikeOperator.LIKE || like.escape() != null) {
      throw refused(like.operator() + (like.escape() == null ? "" : " with ESCAPE"));
    }
    if (!(like.pattern() instanceof Expression.Literal pattern)
        || pattern.kind() != Expression.LiteralKind.STRING
        || !pattern.text().chars().allMatch(each -> each < 128 && each != '\\')) {
      throw refused("LIKE with a pattern that is not a text of ASCII");
    }
    return "(UPPER("
        + value(like.operand())
        + ")"
        + not(like.negated())
        + " LIKE "
        + FlinkNames.string(pattern.text().toUpperCase(Locale.ROOT))
        + ")";
  }

  private static boolean isCondition(Expression expression) {
    return switch (expression) {
      case Expression.Unary unary -> unary.operator().name().equals("NOT");
      case Expression.Binary binary ->
          binary.operator().isComparison()
              || binary.operator().name().equals("AND")
              || binary.operator().name().equals("OR");
      case Expression.Is ignored -> true;
      case Expression.IsNull ignored -> true;
      case Expression.Between ignored -> true;
      case Expression.InList ignored -> true;
      case Expression.InSelect ignored -> true;
      case Expression.Exists ignored -> true;
      case Expression.Like ignored -> true;
      default -> false;
    };
  }

  // ---- values

  String values(List<Expression> list) {
    List<String> all = new ArrayList<>();
    list.forEach(each -> all.add(value(each)));
    return String.join(", ", all);
  }

  String value(Expression expression) {
    if (isCondition(expression)) {
      return "CAST(" + condition(expression) + " AS BIGINT)";
    }
    return switch (expression) {
      case Expression.Literal literal -> literal(literal);
      case Expression.ColumnName column -> column(column);
      case Expression.Unary unary ->
          switch (unary.operator()) {
            case MINUS -> "(- " + value(unary.operand()) + ")";
            case PLUS -> value(unary.operand());
            default -> throw refused("the operator " + unary.operator().sql());
          };
      case Expression.Binary binary -> arithmetic(binary);
      case Expression.Cast cast -> cast(cast);
      case Expression.Case when -> choice(when);
      case Expression.ScalarSubquery scalar -> "(" + queries.print(scalar.select()) + ")";
      case Expression.FunctionCall call -> new FlinkFunctions(this).call(call);
      case Expression.Collate collate -> {
        if (!Names.same(collate.collation().text(), "BINARY")) {
          throw refused("COLLATE " + collate.collation());
        }
        yield value(collate.operand());
      }
      default -> throw refused(expression.getClass().getSimpleName());
    };
  }

  private static String literal(Expression.Literal literal) {
    return switch (literal.kind()) {
      case NULL -> "NULL";
      case INTEGER -> {
        if (literal.text().startsWith("0x") || literal.text().length() > 18) {
          throw refused("the number " + literal.text());
        }
        yield literal.text();
      }
      case REAL -> {
        String text = literal.text().toUpperCase(Locale.ROOT);
        yield text.contains("E") ? text : text + "E0";
      }
      case STRING -> FlinkNames.string(literal.text());
      default -> throw refused("the constant " + literal.kind());
    };
  }

  private String column(Expression.ColumnName column) {
    if (column.schema() != null) {
      throw refused("a column's name with that of its database");
    }
    Name table = column.table();
    if (Names.same(column.name().text(), "rowid") && !names.isDeclared("rowid")) {
      throw refused("rowid");
    }
    if (table != null) {
      return names.quoted(table.text()) + "." + names.quoted(column.name().text());
    }
    Expression named = aliased(column.name().text());
    return named != null && !names.isDeclared(column.name().text())
        ? value(named)
        : names.quoted(column.name().text());
  }

  private @Nullable Expression aliased(String name) {
    for (ResultColumn each : results) {
      if (each instanceof ResultColumn.Computed computed
          && computed.alias() != null
          && Names.same(computed.alias().text(), name)
          && !(computed.expression() instanceof Expression.ColumnName same
              && Names.same(same.name().text(), name))) {
        return computed.expression();
      }
    }
    return null;
  }

  /** A term of GROUP BY: a number names a result. */
  String groupKey(Expression expression) {
    return value(numbered(expression));
  }

  private Expression numbered(Expression expression) {
    if (expression instanceof Expression.Literal literal
        && literal.kind() == Expression.LiteralKind.INTEGER) {
      int at = Integer.parseInt(literal.text()) - 1;
      if (at >= 0 && at < results.size() && results.get(at) instanceof ResultColumn.Computed it) {
        return it.expression();
      }
      throw refused("GROUP BY or ORDER BY " + literal.text());
    }
    return expression;
  }

  /** A term of ORDER BY: a result by its name where it has one. */
  String outputOrValue(Expression expression) {
    Expression meant = numbered(expression);
    for (ResultColumn each : results) {
      if (each instanceof ResultColumn.Computed computed
          && computed.alias() != null
          && (computed.expression() == meant
              || meant instanceof Expression.ColumnName column
                  && column.table() == null
                  && Names.same(column.name().text(), computed.alias().text()))) {
        return names.quoted(computed.alias().text());
      }
    }
    return value(meant);
  }

  private String arithmetic(Expression.Binary binary) {
    String left = value(binary.left());
    String right = value(binary.right());
    return switch (binary.operator()) {
      case ADD, SUBTRACT, MULTIPLY, CONCAT ->
          "(" + left + " " + binary.operator().sql() + " " + right + ")";
      case DIVIDE -> "(" + left + " / NULLIF(" + right + ", 0))";
      case REMAINDER -> "MOD(" + left + ", NULLIF(" + right + ", 0))";
      default -> throw refused("the operator " + binary.operator().sql());
    };
  }

  private String cast(Expression.Cast cast) {
    Affinity to = Affinity.ofDeclaredType(cast.typeName());
    return switch (to) {
      case INTEGER -> "CAST(" + value(cast.operand()) + " AS BIGINT)";
      case REAL -> "CAST(" + value(cast.operand()) + " AS DOUBLE)";
      default -> throw refused("CAST AS " + cast.typeName());
    };
  }

  private String choice(Expression.Case choice) {
    StringBuilder out = new StringBuilder("CASE");
    Expression operand = choice.operand();
    for (Expression.When each : choice.whens()) {
      String when =
          operand == null
              ? condition(each.condition())
              : "(" + value(operand) + " = " + value(each.condition()) + ")";
      out.append(" WHEN ").append(when).append(" THEN ").append(value(each.result()));
    }
    Expression otherwise = choice.otherwise();
    if (otherwise != null) {
      out.append(" ELSE ").append(value(otherwise));
    }
    return out.append(" END").toString();
  }
}
