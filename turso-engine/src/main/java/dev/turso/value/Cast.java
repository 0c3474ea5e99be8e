package dev.turso.value;

/**
 * {@code CAST(x AS type)}: a conversion that is forced, whatever is lost.
 *
 * @see <a href="https://www.sqlite.org/lang_expr.html#castexpr">CAST expressions</a>
 */
public final class Cast {

  private Cast() {}

  /** Casts the value in the register; {@code NONE} acts as {@code BLOB}. NULL stays NULL. */
  public static void apply(Affinity target, Register register) {
    if (register.tag == Tag.NULL) {
      register.subtype = 0;
      return;
    }
    switch (target) {
      case TEXT -> {
        register.textify();
        register.tag = Tag.TEXT;
        register.subtype = 0;
      }
      case BLOB, NONE -> {
        register.textify();
        register.tag = Tag.BLOB;
        register.subtype = 0;
      }
      case INTEGER -> register.setInteger(register.asLong());
      case REAL -> register.setReal(register.asDouble());
      case NUMERIC -> {
        if (register.tag >= Tag.TEXT) {
          TextToNumber.castToNumeric(register, register);
        }
      }
    }
  }
}
