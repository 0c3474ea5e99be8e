package dev.turso.value;

/** Values as conditions: a number other than zero is true, NULL is neither. Stateless. */
public final class Truth {

  private Truth() {}

  /** Whether the value is true; NULL is not. */
  public static boolean isTrue(Register register) {
    return isTrue(register.tag, register.bits, register.ref);
  }

  /** Whether the value is false; NULL is not. */
  public static boolean isFalse(Register register) {
    return register.tag != Tag.NULL && !isTrue(register.tag, register.bits, register.ref);
  }

  /** Whether the value in a lane is true; NULL is not. */
  public static boolean isTrue(int tag, long bits, byte[] ref) {
    if (tag == Tag.INTEGER) {
      return bits != 0;
    }
    return tag != Tag.NULL && isOtherTrue(tag, bits, ref);
  }

  private static boolean isOtherTrue(int tag, long bits, byte[] ref) {
    double value =
        tag == Tag.REAL
            ? Double.longBitsToDouble(bits)
            : TextToNumber.prefixDouble(ref, Tag.offset(bits), Tag.length(bits));
    return value != 0.0;
  }
}
