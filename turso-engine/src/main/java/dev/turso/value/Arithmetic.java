package dev.turso.value;

/**
 * The operators of SQL on numbers, bits and texts.
 *
 * <p>Every method computes from two registers (or one) into a third, which may be one of them. A
 * NULL operand gives NULL. Texts and blobs count as the number they start with. An integer result
 * that does not fit becomes a REAL; a division by zero, and what is not a number, NULL. Stateless;
 * operations on numbers allocate nothing.
 *
 * @see <a href="https://www.sqlite.org/lang_expr.html#operators">Operators</a>
 */
public final class Arithmetic {

  /** The longest text or blob, in bytes. */
  public static final int MAX_LENGTH = 1_000_000_000;

  private Arithmetic() {}

  public static void add(Register a, Register b, Register result) {
    if (a.tag == Tag.INTEGER && b.tag == Tag.INTEGER) {
      long x = a.bits;
      long y = b.bits;
      long sum = x + y;
      if (((x ^ sum) & (y ^ sum)) < 0) {
        result.setReal((double) x + (double) y);
      } else {
        result.setInteger(sum);
      }
    } else {
      addOthers(a, b, result);
    }
  }

  private static void addOthers(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
    } else if (isInteger(a) && isInteger(b)) {
      add(operand(a), operand(b), result);
    } else {
      result.setReal(a.asDouble() + b.asDouble());
    }
  }

  public static void subtract(Register a, Register b, Register result) {
    if (a.tag == Tag.INTEGER && b.tag == Tag.INTEGER) {
      long x = a.bits;
      long y = b.bits;
      long difference = x - y;
      if (((x ^ y) & (x ^ difference)) < 0) {
        result.setReal((double) x - (double) y);
      } else {
        result.setInteger(difference);
      }
    } else {
      subtractOthers(a, b, result);
    }
  }

  private static void subtractOthers(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
    } else if (isInteger(a) && isInteger(b)) {
      subtract(operand(a), operand(b), result);
    } else {
      result.setReal(a.asDouble() - b.asDouble());
    }
  }

  public static void multiply(Register a, Register b, Register result) {
    if (a.tag == Tag.INTEGER && b.tag == Tag.INTEGER) {
      long x = a.bits;
      long y = b.bits;
      long product = x * y;
      if (Math.multiplyHigh(x, y) != product >> 63) {
        result.setReal((double) x * (double) y);
      } else {
        result.setInteger(product);
      }
    } else {
      multiplyOthers(a, b, result);
    }
  }

  private static void multiplyOthers(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
    } else if (isInteger(a) && isInteger(b)) {
      multiply(operand(a), operand(b), result);
    } else {
      result.setReal(a.asDouble() * b.asDouble());
    }
  }

  public static void divide(Register a, Register b, Register result) {
    if (a.tag == Tag.INTEGER && b.tag == Tag.INTEGER) {
      long x = a.bits;
      long y = b.bits;
      if (y == 0) {
        result.setNull();
      } else if (y == -1 && x == Long.MIN_VALUE) {
        result.setReal(0x1p63);
      } else {
        result.setInteger(x / y);
      }
    } else {
      divideOthers(a, b, result);
    }
  }

  private static void divideOthers(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
    } else if (isInteger(a) && isInteger(b)) {
      divide(operand(a), operand(b), result);
    } else {
      double divisor = b.asDouble();
      if (divisor == 0.0) {
        result.setNull();
      } else {
        result.setReal(a.asDouble() / divisor);
      }
    }
  }

  /** The remainder of the operands as integers; a REAL if one of them is. */
  public static void remainder(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
      return;
    }
    boolean integers = isInteger(a) && isInteger(b);
    long divisor = b.asLong();
    if (divisor == 0) {
      result.setNull();
      return;
    }
    long remainder = divisor == -1 ? 0 : a.asLong() % divisor;
    if (integers) {
      result.setInteger(remainder);
    } else {
      result.setReal((double) remainder);
    }
  }

  private static boolean isInteger(Register register) {
    return register.tag == Tag.INTEGER
        || register.tag >= Tag.TEXT && operand(register).tag == Tag.INTEGER;
  }

  public static void negate(Register a, Register result) {
    if (a.tag == Tag.INTEGER) {
      if (a.bits == Long.MIN_VALUE) {
        result.setReal(0x1p63);
      } else {
        result.setInteger(-a.bits);
      }
    } else if (a.tag == Tag.REAL) {
      // as 0 - x, so that minus 0.0 is 0.0
      result.setReal(0.0 - a.real());
    } else if (a.tag == Tag.NULL) {
      result.setNull();
    } else {
      negate(operand(a), result);
    }
  }

  public static void bitAnd(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
    } else {
      result.setInteger(a.asLong() & b.asLong());
    }
  }

  public static void bitOr(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
    } else {
      result.setInteger(a.asLong() | b.asLong());
    }
  }

  public static void bitNot(Register a, Register result) {
    if (a.tag == Tag.NULL) {
      result.setNull();
    } else {
      result.setInteger(~a.asLong());
    }
  }

  public static void shiftLeft(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
    } else {
      result.setInteger(shift(a.asLong(), b.asLong()));
    }
  }

  public static void shiftRight(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
    } else {
      long by = b.asLong();
      result.setInteger(shift(a.asLong(), by == Long.MIN_VALUE ? Long.MAX_VALUE : -by));
    }
  }

  /** Left if {@code by} is positive, right with the sign kept if negative. */
  private static long shift(long value, long by) {
    if (by >= 0) {
      return by >= 64 ? 0 : value << by;
    }
    return by <= -64 ? value >> 63 : value >> -by;
  }

  /** The text of the first operand followed by the text of the second. */
  public static void concatenate(Register a, Register b, Register result) {
    if (a.tag == Tag.NULL || b.tag == Tag.NULL) {
      result.setNull();
      return;
    }
    byte[] left = a.tag >= Tag.TEXT ? a.ref : a.asBytes();
    byte[] right = b.tag >= Tag.TEXT ? b.ref : b.asBytes();
    int leftOffset = a.tag >= Tag.TEXT ? a.offset() : 0;
    int rightOffset = b.tag >= Tag.TEXT ? b.offset() : 0;
    int leftLength = a.tag >= Tag.TEXT ? a.length() : left.length;
    int rightLength = b.tag >= Tag.TEXT ? b.length() : right.length;
    byte[] joined = Allocation.bytes((long) leftLength + rightLength);
    System.arraycopy(left, leftOffset, joined, 0, leftLength);
    System.arraycopy(right, rightOffset, joined, leftLength, rightLength);
    result.setText(joined);
  }

  /**
   * A number as it is, a text or blob as the number it stands for. Only for operands that all stand
   * for integers: beside a REAL the text itself is read as a REAL, and '-0' is then minus zero.
   */
  private static Register operand(Register register) {
    if (register.tag < Tag.TEXT) {
      return register;
    }
    Register number = new Register();
    TextToNumber.toOperand(register, number);
    return number;
  }
}
