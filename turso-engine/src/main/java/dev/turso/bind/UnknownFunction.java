package dev.turso.bind;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import java.util.Set;

/**
 * Stands for a function that does not exist, where a schema or the types of a query are looked at and
 * nothing is run.
 */
final class UnknownFunction {

  private UnknownFunction() {}

  static ScalarDefinition of(String name) {
    return new ScalarDefinition(
        new Signature(name, 0, Signature.ANY, Set.of()),
        SpecialForm.NONE,
        (context, arguments, count, result) -> {
          throw new SqlException(ResultCode.ERROR, "no such function: " + name, -1);
        });
  }
}
