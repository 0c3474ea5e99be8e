package dev.turso.schema;

import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.UnaryOperator;
import dev.turso.value.Affinity;
import dev.turso.value.Arithmetic;
import dev.turso.value.Cast;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a column has in rows that are older than it: its DEFAULT, if that is a literal, a signed one
 * or a CAST of one. Only such a DEFAULT may be added to a table that has rows.
 */
public final class ConstantDefault {

  private static final int LONGEST_HEXADECIMAL = 16;

  private ConstantDefault() {}

  /** The value of the column's DEFAULT, which is NULL where there is none or it is not constant. */
  public static Value of(Column column) {
    Value value = of(column.defaultExpression(), column.affinity());
    return value == null ? Value.NULL : value;
  }

  /** The value of an expression in a column of an affinity, or null if it is not constant. */
  public static @Nullable Value of(@Nullable Expression expression, Affinity affinity) {
    return switch (expression) {
      case Expression.Literal literal -> literal(literal, false, affinity);
      case Expression.Unary unary -> signed(unary, affinity);
      case Expression.Cast cast -> cast(cast, affinity);
      case Expression.ColumnName name when name.table() == null && !name.doubleQuoted() ->
          truth(name.name().text(), affinity);
      case null, default -> null;
    };
  }

  private static @Nullable Value truth(String word, Affinity affinity) {
    if (Names.same(word, "true")) {
      return withAffinity(Value.integer(1), affinity);
    }
    return Names.same(word, "false") ? withAffinity(Value.integer(0), affinity) : null;
  }

  private static @Nullable Value signed(Expression.Unary unary, Affinity affinity) {
    if (unary.operator() == UnaryOperator.PLUS) {
      return of(unary.operand(), affinity);
    }
    if (unary.operator() != UnaryOperator.MINUS) {
      return null;
    }
    if (unary.operand() instanceof Expression.Literal literal && isNumber(literal)) {
      return literal(literal, true, affinity);
    }
    Value operand = of(unary.operand(), affinity);
    return operand == null ? null : negated(operand, affinity);
  }

  private static Value negated(Value value, Affinity affinity) {
    Register register = new Register();
    register.set(value);
    if (register.tag == Tag.TEXT) {
      Affinity.NUMERIC.apply(register);
    }
    Arithmetic.negate(register, register);
    affinity.apply(register);
    return register.toValue();
  }

  private static @Nullable Value cast(Expression.Cast cast, Affinity affinity) {
    Affinity target = Affinity.ofDeclaredType(cast.typeName());
    Value operand = of(cast.operand(), target);
    if (operand == null) {
      return null;
    }
    Register register = new Register();
    register.set(operand);
    Cast.apply(target, register);
    affinity.apply(register);
    return register.toValue();
  }

  private static boolean isNumber(Expression.Literal literal) {
    return literal.kind() == Expression.LiteralKind.INTEGER
        || literal.kind() == Expression.LiteralKind.REAL;
  }

  private static @Nullable Value literal(
      Expression.Literal literal, boolean negative, Affinity affinity) {
    return switch (literal.kind()) {
      case NULL -> Value.NULL;
      case BLOB -> Value.blob(HexFormat.of().parseHex(literal.text()));
      case STRING -> withAffinity(Value.text(literal.text()), affinity);
      case INTEGER, REAL -> number(literal.text(), negative, affinity);
      case CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP -> null;
    };
  }

  private static Value number(String text, boolean negative, Affinity affinity) {
    boolean hexadecimal = text.length() > 2 && (text.charAt(1) | 0x20) == 'x';
    if (hexadecimal) {
      String digits = significant(text.substring(2));
      if (digits.length() <= LONGEST_HEXADECIMAL) {
        Value value = Value.integer(Long.parseUnsignedLong(digits, LONGEST_HEXADECIMAL));
        return negative ? negated(value, affinity) : withAffinity(value, affinity);
      }
    }
    byte[] signed = ((negative ? "-" : "") + text).getBytes(StandardCharsets.US_ASCII);
    Register register = new Register();
    register.set(Value.text(signed));
    Affinity.NUMERIC.apply(register);
    boolean integer = register.tag == Tag.INTEGER && !isReal(text);
    if (affinity == Affinity.TEXT && !integer) {
      return Value.text(signed);
    }
    if (!hexadecimal && !integer) {
      register.set(Value.real(Value.text(signed).asDouble()));
    }
    if (register.tag != Tag.TEXT) {
      affinity.apply(register);
    }
    return register.toValue();
  }

  private static boolean isReal(String digits) {
    return digits.indexOf('.') >= 0 || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0;
  }

  private static String significant(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static Value withAffinity(Value value, Affinity affinity) {
    Register register = new Register();
    register.set(value);
    affinity.apply(register);
    return register.toValue();
  }
}
