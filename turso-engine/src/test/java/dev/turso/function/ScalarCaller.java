package dev.turso.function;

import dev.turso.error.DatabaseException;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.value.Register;
import dev.turso.value.Value;
import java.util.List;

/** Calls a built-in scalar function on values, as a statement would. */
final class ScalarCaller {

  private ScalarCaller() {}

  /** The result as {@link SqliteOracle#show(Value)} writes it, or the message after "error: ". */
  static String call(String name, List<Value> arguments, CallContext context) {
    FunctionDefinition definition = BuiltInFunctions.registry().find(name, arguments.size());
    if (!(definition instanceof ScalarDefinition scalar)) {
      throw new IllegalArgumentException(name + "/" + arguments.size());
    }
    Register[] registers = new Register[arguments.size()];
    for (int i = 0; i < registers.length; i++) {
      registers[i] = new Register();
      registers[i].set(arguments.get(i));
    }
    Register result = new Register();
    try {
      scalar.function().call(context, registers, registers.length, result);
    } catch (DatabaseException e) {
      return "error: " + e.getMessage();
    }
    return SqliteOracle.show(result.toValue());
  }
}
