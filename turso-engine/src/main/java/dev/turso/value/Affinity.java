package dev.turso.value;

import org.jspecify.annotations.Nullable;

/**
 * The type a column or expression prefers, and how a value is bent towards it.
 *
 * @see <a href="https://www.sqlite.org/datatype3.html#type_affinity">Datatypes, 3</a>
 */
public enum Affinity {
  /** No affinity: an expression that is neither a column nor a CAST. */
  NONE,
  /** A column without type or with BLOB in its type's name: nothing is converted. */
  BLOB,
  TEXT,
  NUMERIC,
  INTEGER,
  REAL;

  private static final long NEGATIVE_ZERO = Long.MIN_VALUE;

  /**
   * The affinity that a declared type gives a column, also the target of {@code CAST(… AS type)}.
   *
   * @param declaredType the words of the type as written, null if there are none
   * @see <a
   *     href="https://www.sqlite.org/datatype3.html#determination_of_column_affinity">Datatypes,
   *     3.1</a>
   */
  public static Affinity ofDeclaredType(@Nullable String declaredType) {
    if (declaredType == null || declaredType.isEmpty()) {
      return BLOB;
    }
    if (contains(declaredType, "INT")) {
      return INTEGER;
    }
    if (contains(declaredType, "CHAR")
        || contains(declaredType, "CLOB")
        || contains(declaredType, "TEXT")) {
      return TEXT;
    }
    if (contains(declaredType, "BLOB")) {
      return BLOB;
    }
    if (contains(declaredType, "REAL")
        || contains(declaredType, "FLOA")
        || contains(declaredType, "DOUB")) {
      return REAL;
    }
    return NUMERIC;
  }

  /**
   * The affinity to {@linkplain #apply apply} to both operands before they are compared: NONE, TEXT
   * or NUMERIC.
   *
   * @see <a
   *     href="https://www.sqlite.org/datatype3.html#type_conversions_prior_to_comparison">Datatypes,
   *     4.2</a>
   */
  public static Affinity forComparison(Affinity left, Affinity right) {
    if (left.isNumeric() || right.isNumeric()) {
      return NUMERIC;
    }
    boolean textAgainstNone = left == TEXT && right == NONE || left == NONE && right == TEXT;
    return textAgainstNone ? TEXT : NONE;
  }

  public boolean isNumeric() {
    return this == NUMERIC || this == INTEGER || this == REAL;
  }

  /** Converts the value in the register as storing it in a column of this affinity does. */
  public void apply(Register register) {
    switch (this) {
      case TEXT -> register.textify();
      case NUMERIC, INTEGER -> applyNumeric(register);
      case REAL -> {
        if (register.tag == Tag.TEXT) {
          applyNumeric(register);
        }
        if (register.tag == Tag.INTEGER) {
          register.setReal((double) register.bits);
        } else if (register.tag == Tag.REAL && register.bits == NEGATIVE_ZERO) {
          // Stored as the integer 0.
          register.setReal(0.0);
        }
      }
      case NONE, BLOB -> {}
    }
  }

  private static void applyNumeric(Register register) {
    if (register.tag == Tag.TEXT) {
      TextToNumber.convertIfNumeric(register);
    }
    if (register.tag == Tag.REAL) {
      Numbers.integerIfExact(register);
    }
  }

  private static boolean contains(String type, String upperCasePart) {
    int n = upperCasePart.length();
    for (int i = 0; i + n <= type.length(); i++) {
      if (type.regionMatches(true, i, upperCasePart, 0, n)) {
        return true;
      }
    }
    return false;
  }
}
