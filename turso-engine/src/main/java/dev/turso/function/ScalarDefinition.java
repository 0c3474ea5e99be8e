package dev.turso.function;

/**
 * A function of one row's values.
 *
 * @param form how the compiler must treat the call, if not as a plain call
 * @param function gives the right result whatever the form, but for arguments evaluated in vain
 */
public record ScalarDefinition(Signature signature, SpecialForm form, ScalarFunction function)
    implements FunctionDefinition {

  /** An ordinary call of a function that is {@link Signature#PURE}. */
  public static ScalarDefinition pure(String name, int fewest, int most, ScalarFunction function) {
    return new ScalarDefinition(
        new Signature(name, fewest, most, Signature.PURE), SpecialForm.NONE, function);
  }
}
