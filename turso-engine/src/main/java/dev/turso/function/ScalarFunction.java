package dev.turso.function;

import dev.turso.value.Register;

/**
 * A function of one row's values.
 *
 * <p>One instance serves all statements and threads; what a call site wants to remember goes into
 * its {@link CallContext}.
 */
@FunctionalInterface
public interface ScalarFunction {

  /**
   * Computes the result.
   *
   * <p>An argument may be converted in place ({@link Register#textify}): the caller evaluates it
   * anew for the next row. The result may share bytes with an argument.
   *
   * @param context the call site's
   * @param arguments the evaluated arguments; elements from {@code count} on are not to be read
   * @param count how many there are: within the arity of the function's {@link Signature}
   * @param result receives the result; not one of the arguments
   * @throws dev.turso.error.DatabaseException if the function fails on these arguments
   */
  void call(CallContext context, Register[] arguments, int count, Register result);
}
