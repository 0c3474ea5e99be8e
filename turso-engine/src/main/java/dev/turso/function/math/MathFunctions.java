package dev.turso.function.math;

import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextToNumber;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The family of functions on numbers.
 *
 * <p>The mathematical ones take a text that is a number as a whole for that number, and give NULL
 * for anything else that is no number. The last bit of a result is this platform's, as with SQLite.
 *
 * @see <a href="https://www.sqlite.org/lang_mathfunc.html">Built-in mathematical functions</a>
 */
public final class MathFunctions implements ScalarFunction {

  private static final int ABS = 0;
  private static final int SIGN = 1;
  private static final int ROUND = 2;
  private static final int PI = 3;
  private static final int LOG = 4;
  private static final int POWER = 5;
  private static final int ATAN2 = 6;
  private static final int MOD = 7;
  private static final int CEIL = 8;
  private static final int FLOOR = 9;
  private static final int TRUNC = 10;
  private static final int LN = 11;
  private static final int LOG10 = 12;
  private static final int LOG2 = 13;
  private static final int EXP = 14;
  private static final int SQRT = 15;
  private static final int SIN = 16;
  private static final int COS = 17;
  private static final int TAN = 18;
  private static final int ASIN = 19;
  private static final int ACOS = 20;
  private static final int ATAN = 21;
  private static final int SINH = 22;
  private static final int COSH = 23;
  private static final int TANH = 24;
  private static final int ASINH = 25;
  private static final int ACOSH = 26;
  private static final int ATANH = 27;
  private static final int RADIANS = 28;
  private static final int DEGREES = 29;

  /** Of integers; not SQLite's. */
  private static final int GCD = 30;

  private static final int LCM = 31;

  private final int which;

  private MathFunctions(int which) {
    this.which = which;
  }

  /** All functions of this family. */
  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(define("abs", 1, 1, ABS));
    all.add(define("sign", 1, 1, SIGN));
    all.add(define("round", 1, 2, ROUND));
    all.add(define("pi", 0, 0, PI));
    all.add(define("log", 1, 2, LOG));
    all.add(define("pow", 2, 2, POWER));
    all.add(define("power", 2, 2, POWER));
    all.add(define("atan2", 2, 2, ATAN2));
    all.add(define("mod", 2, 2, MOD));
    all.add(define("ceil", 1, 1, CEIL));
    all.add(define("ceiling", 1, 1, CEIL));
    all.add(define("gcd", 2, 2, GCD));
    all.add(define("lcm", 2, 2, LCM));
    String[] names = {
      "floor", "trunc", "ln", "log10", "log2", "exp", "sqrt", "sin", "cos", "tan", "asin", "acos",
      "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "radians", "degrees"
    };
    for (int i = 0; i < names.length; i++) {
      all.add(define(names[i], 1, 1, FLOOR + i));
    }
    return all;
  }

  private static FunctionDefinition define(String name, int fewest, int most, int which) {
    return ScalarDefinition.pure(name, fewest, most, new MathFunctions(which));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    switch (which) {
      case ABS -> abs(arguments[0], result);
      case SIGN -> sign(arguments[0], result);
      case ROUND -> round(arguments, count, result);
      case PI -> result.setReal(Math.PI);
      case LOG -> log(arguments, count, result);
      case POWER, ATAN2, MOD -> two(arguments[0], arguments[1], result);
      case GCD, LCM -> commonFactor(arguments[0], arguments[1], result);
      case CEIL, FLOOR, TRUNC -> toWhole(arguments[0], result);
      default -> one(arguments[0], result);
    }
  }

  private static void abs(Register value, Register result) {
    switch (value.tag) {
      case Tag.NULL -> result.setNull();
      case Tag.INTEGER -> {
        if (value.bits == Long.MIN_VALUE) {
          throw new SqlException("integer overflow");
        }
        result.setInteger(Math.abs(value.bits));
      }
      default -> result.setReal(Math.abs(value.asDouble()));
    }
  }

  private static void sign(Register value, Register result) {
    if (isNumber(value)) {
      double number = value.asDouble();
      result.setInteger(number < 0 ? -1 : number > 0 ? 1 : 0);
    } else {
      result.setNull();
    }
  }

  private static void round(Register[] arguments, int count, Register result) {
    Register value = arguments[0];
    if (value.isNull() || count == 2 && arguments[1].isNull()) {
      result.setNull();
    } else {
      result.setReal(Mathematics.round(value.asDouble(), count == 2 ? arguments[1].asLong() : 0));
    }
  }

  /** Whether the value is a number, after a text that is one has become it. */
  private static boolean isNumber(Register value) {
    if (value.tag == Tag.TEXT) {
      TextToNumber.convertIfNumeric(value);
    }
    return value.tag == Tag.INTEGER || value.tag == Tag.REAL;
  }

  /** {@code log(X)} to base 10, {@code log(B, X)} to base B. */
  private static void log(Register[] arguments, int count, Register result) {
    result.setNull();
    if (!isNumber(arguments[0])) {
      return;
    }
    double first = arguments[0].asDouble();
    if (first <= 0) {
      return;
    }
    if (count == 1) {
      result.setReal(Math.log10(first));
      return;
    }
    double base = Math.log(first);
    double value = arguments[1].asDouble();
    if (base > 0 && value > 0) {
      result.setReal(Math.log(value) / base);
    }
  }

  private void two(Register a, Register b, Register result) {
    if (!isNumber(a) || !isNumber(b)) {
      result.setNull();
      return;
    }
    double x = a.asDouble();
    double y = b.asDouble();
    result.setReal(
        switch (which) {
          case POWER -> power(x, y);
          case ATAN2 -> Math.atan2(x, y);
          default -> x % y;
        });
  }

  /** As C has it: 1 to any power and -1 to an infinite one are 1. */
  private static double power(double x, double y) {
    return x == 1.0 || x == -1.0 && Double.isInfinite(y) ? 1.0 : Math.pow(x, y);
  }

  private void commonFactor(Register a, Register b, Register result) {
    if (a.isNull() || b.isNull()) {
      result.setNull();
      return;
    }
    BigInteger x = BigInteger.valueOf(a.asLong());
    BigInteger y = BigInteger.valueOf(b.asLong());
    BigInteger factor = x.gcd(y);
    BigInteger number = factor;
    if (which == LCM) {
      number = factor.signum() == 0 ? BigInteger.ZERO : x.multiply(y).abs().divide(factor);
    }
    if (number.bitLength() > 63) {
      throw new SqlException("integer overflow");
    }
    result.setInteger(number.longValue());
  }

  private void toWhole(Register value, Register result) {
    if (!isNumber(value)) {
      result.setNull();
    } else if (value.tag == Tag.INTEGER) {
      result.setInteger(value.bits);
    } else {
      double number = value.real();
      result.setReal(
          switch (which) {
            case CEIL -> Math.ceil(number);
            case FLOOR -> Math.floor(number);
            default -> Mathematics.truncate(number);
          });
    }
  }

  private void one(Register value, Register result) {
    if (isNumber(value)) {
      double x = value.asDouble();
      boolean logarithm = which == LN || which == LOG10 || which == LOG2;
      result.setReal(logarithm && x <= 0 ? Double.NaN : compute(x));
    } else {
      result.setNull();
    }
  }

  private double compute(double x) {
    return switch (which) {
      case LN -> Math.log(x);
      case LOG10 -> Math.log10(x);
      case LOG2 -> Mathematics.log2(x);
      case EXP -> Math.exp(x);
      case SQRT -> Math.sqrt(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TAN -> Math.tan(x);
      case ASIN -> Math.asin(x);
      case ACOS -> Math.acos(x);
      case ATAN -> Math.atan(x);
      case SINH -> Math.sinh(x);
      case COSH -> Math.cosh(x);
      case TANH -> Math.tanh(x);
      case ASINH -> Mathematics.asinh(x);
      case ACOSH -> Mathematics.acosh(x);
      case ATANH -> Mathematics.atanh(x);
      case RADIANS -> x * (Math.PI / 180.0);
      case DEGREES -> x * (180.0 / Math.PI);
      default -> throw new AssertionError(which);
    };
  }
}
