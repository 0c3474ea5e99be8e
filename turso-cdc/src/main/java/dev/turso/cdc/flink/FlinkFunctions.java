package dev.turso.cdc.flink;

import static dev.turso.cdc.flink.FlinkQuery.refused;

import dev.turso.schema.Names;
import dev.turso.sql.ast.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes calls of functions as Flink has them. */
final class FlinkFunctions {

  private final FlinkExpressions expressions;

  FlinkFunctions(FlinkExpressions expressions) {
    this.expressions = expressions;
  }

  String call(Expression.FunctionCall call) {
    String name = Names.fold(call.name().text());
    if (call.over() != null) {
      throw refused("the window function " + name);
    }
    if (!call.orderBy().isEmpty()) {
      throw refused("ORDER BY within " + name);
    }
    Expression filter = call.filter();
    String written = aggregate(name, call);
    if (written == null) {
      if (filter != null || call.distinct()) {
        throw refused("the function " + name);
      }
      return scalar(name, call.arguments());
    }
    return filter == null ? written : withFilter(name, written, expressions.condition(filter));
  }

  private static String withFilter(String name, String written, String condition) {
    if (name.equals("total")) {
      throw refused("total with FILTER");
    }
    return written + " FILTER (WHERE " + condition + ")";
  }

  private @Nullable String aggregate(String name, Expression.FunctionCall call) {
    List<Expression> arguments = call.arguments();
    if (call.star() || name.equals("count") && arguments.isEmpty()) {
      return name.equals("count") ? "COUNT(*)" : null;
    }
    if (arguments.size() != 1) {
      return null;
    }
    String distinct = call.distinct() ? "DISTINCT " : "";
    String value = expressions.value(arguments.getFirst());
    return switch (name) {
      case "count" -> "COUNT(" + distinct + value + ")";
      case "sum" -> "SUM(" + distinct + value + ")";
      case "min" -> "MIN(" + value + ")";
      case "max" -> "MAX(" + value + ")";
      case "avg" -> "AVG(" + distinct + "CAST(" + value + " AS DOUBLE))";
      case "total" -> "COALESCE(SUM(" + distinct + "CAST(" + value + " AS DOUBLE)), 0E0)";
      default -> null;
    };
  }

  private String scalar(String name, List<Expression> arguments) {
    int count = arguments.size();
    String values = expressions.values(arguments);
    return switch (name) {
      case "abs" -> of("ABS", count == 1, name, values);
      case "lower" -> of("LOWER", count == 1, name, values);
      case "upper" -> of("UPPER", count == 1, name, values);
      case "length" -> of("CHAR_LENGTH", count == 1, name, values);
      case "coalesce" -> of("COALESCE", count > 1, name, values);
      case "ifnull" -> of("COALESCE", count == 2, name, values);
      case "nullif" -> of("NULLIF", count == 2, name, values);
      case "replace" -> of("REPLACE", count == 3, name, values);
      case "trim" -> of("TRIM", count == 1, name, values);
      case "min" -> of("LEAST", count > 1, name, values);
      case "max" -> of("GREATEST", count > 1, name, values);
      case "round" -> "CAST(" + of("ROUND", count == 1 || count == 2, name, values) + " AS DOUBLE)";
      case "substr", "substring" -> substring(name, arguments, values);
      case "iif", "if" -> choice(name, arguments);
      default -> throw refused("the function " + name);
    };
  }

  private static String of(String written, boolean possible, String name, String values) {
    if (!possible) {
      throw refused("the function " + name + " with these arguments");
    }
    return written + "(" + values + ")";
  }

  /** Where to start is counted from the end by negative numbers: only positive ones mean the same. */
  private static String substring(String name, List<Expression> arguments, String values) {
    boolean positive = arguments.size() == 2 || arguments.size() == 3;
    for (int i = 1; i < arguments.size(); i++) {
      positive &=
          arguments.get(i) instanceof Expression.Literal literal
              && literal.kind() == Expression.LiteralKind.INTEGER
              && !literal.text().equals("0");
    }
    return of("SUBSTRING", positive, name, values);
  }

  private String choice(String name, List<Expression> arguments) {
    if (arguments.size() != 3) {
      throw refused("the function " + name + " with these arguments");
    }
    return "CASE WHEN "
        + expressions.condition(arguments.get(0))
        + " THEN "
        + expressions.value(arguments.get(1))
        + " ELSE "
        + expressions.value(arguments.get(2))
        + " END";
  }
}
