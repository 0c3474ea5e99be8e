package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.Version;
import dev.turso.value.Register;

/** The value of a subquery that does not depend on the row: computed once a step and version. */
public final class CachedValue implements SubqueryValue {

  private final CircuitContext context;
  private final SubqueryValue value;
  private final Register[] known = {new Register(), new Register()};
  private final long[] step = {-1, -1};

  public CachedValue(CircuitContext context, SubqueryValue value) {
    this.context = context;
    this.value = value;
  }

  @Override
  public void evaluate(Version version, Register into) {
    int at = version.ordinal();
    if (step[at] != context.step()) {
      value.evaluate(version, known[at]);
      step[at] = context.step();
    }
    into.copyFrom(known[at]);
  }

  @Override
  public String describe() {
    return value.describe();
  }
}
