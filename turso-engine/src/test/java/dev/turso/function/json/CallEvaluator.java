package dev.turso.function.json;

import dev.turso.error.DatabaseException;
import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.FixedEnvironment;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionRegistry;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.function.text.Quoting;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Expression.Literal;
import dev.turso.sql.ast.UnaryOperator;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Evaluates calls of scalar functions on literals, so that functions can be tested in SQL alone.
 */
final class CallEvaluator {

  private static final FunctionRegistry FUNCTIONS = BuiltInFunctions.registry();

  private CallEvaluator() {}

  /** The value as SQL literal, or the error's message. */
  static String quoted(String sql) {
    try {
      TextBuilder out = new TextBuilder();
      Quoting.append(evaluate(Parser.parseExpression(sql)), out);
      return new String(out.toBytes(), StandardCharsets.UTF_8);
    } catch (DatabaseException e) {
      return "error: " + e.getMessage();
    }
  }

  static Register evaluate(Expression expression) {
    Register result = new Register();
    switch (expression) {
      case Literal literal -> literal(literal, result);
      case Expression.Unary u when u.operator() == UnaryOperator.MINUS -> {
        Register operand = evaluate(u.operand());
        if (operand.tag == Tag.INTEGER) {
          result.setInteger(-operand.bits);
        } else {
          result.setReal(-operand.asDouble());
        }
      }
      case Expression.Binary b -> call(b.operator().sql(), List.of(b.left(), b.right()), result);
      case Expression.FunctionCall f -> call(f.name().text(), f.arguments(), result);
      default -> throw new AssertionError(expression);
    }
    return result;
  }

  private static void literal(Literal literal, Register result) {
    switch (literal.kind()) {
      case NULL -> result.setNull();
      case INTEGER -> result.setInteger(Long.parseLong(literal.text()));
      case REAL -> result.setReal(Double.parseDouble(literal.text()));
      case STRING -> result.setText(literal.text());
      case BLOB -> result.setBlob(HexFormat.of().parseHex(literal.text()));
      default -> throw new AssertionError(literal);
    }
  }

  private static void call(String name, List<Expression> arguments, Register result) {
    Register[] values = new Register[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = evaluate(arguments.get(i));
    }
    FunctionDefinition found = FUNCTIONS.find(name, values.length);
    if (!(found instanceof ScalarDefinition scalar)) {
      throw new SqlException("wrong number of arguments to function " + name + "()");
    }
    scalar.function().call(new CallContext(new FixedEnvironment()), values, values.length, result);
  }
}
