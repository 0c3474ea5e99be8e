package dev.turso.exec.expression;

import dev.turso.function.CallContext;
import dev.turso.function.CallPurpose;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/** A call of a scalar function. */
sealed class FunctionNode extends Node permits AbsoluteNode {

  private final ScalarFunction function;
  final Node[] arguments;
  private final Collation collation;
  private final CallPurpose purpose;
  final Register[] values;
  private final Register result = new Register();
  private @Nullable CallContext context;

  FunctionNode(
      ScalarFunction function, Node[] arguments, Collation collation, CallPurpose purpose) {
    this.function = function;
    this.arguments = arguments;
    this.collation = collation;
    this.purpose = purpose;
    this.values = new Register[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Register();
    }
  }

  @Override
  public int eval(Frame f) {
    for (int i = 0; i < arguments.length; i++) {
      arguments[i].evalInto(f, values[i]);
    }
    return call(f);
  }

  /** Calls the function with the values of its arguments. */
  final int call(Frame f) {
    CallContext c = context;
    if (c == null || c.environment() != f.environment) {
      c = new CallContext(f.environment, collation, purpose);
      context = c;
    }
    result.subtype = 0;
    function.call(c, values, values.length, result);
    f.bits = result.bits;
    if (result.tag >= Tag.TEXT) {
      f.ref = result.ref;
    }
    f.subtype = result.subtype;
    return result.tag;
  }

  @Override
  public boolean hasSubtype() {
    return true;
  }
}
