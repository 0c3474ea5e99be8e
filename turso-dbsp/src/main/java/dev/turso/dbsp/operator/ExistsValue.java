package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.Version;
import dev.turso.value.Register;

/** EXISTS: 1 or 0. */
public final class ExistsValue implements SubqueryValue {

  private final Access rows;
  private final boolean negated;

  public ExistsValue(Access rows, boolean negated) {
    this.rows = rows;
    this.negated = negated;
    rows.chosen();
  }

  @Override
  public void evaluate(Version version, Register into) {
    long[] count = {0};
    rows.rows(version, weight -> count[0] += weight);
    into.setBoolean(count[0] > 0 != negated);
  }

  @Override
  public String describe() {
    return (negated ? "not exists: " : "exists: ") + rows.describe();
  }
}
