package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.Version;
import dev.turso.value.Register;
import java.util.Arrays;

/** A column of the first row, in the order of the subquery; NULL if there is none. */
public final class ScalarValue implements SubqueryValue {

  private final CircuitContext context;
  private final CircuitOperator plan;
  private final Access rows;
  private final int slot;
  private final OrderedKey key = new OrderedKey();

  public ScalarValue(CircuitContext context, CircuitOperator plan, Access rows, int column) {
    this.context = context;
    this.plan = plan;
    this.rows = rows;
    this.slot = plan.slots()[column];
    rows.chosen();
  }

  @Override
  public void evaluate(Version version, Register into) {
    into.setNull();
    byte[][] first = {null};
    rows.rows(
        version,
        weight -> {
          key.reset();
          Keys.append(key, context.frame(), plan.order());
          byte[] place = key.toBytes();
          if (first[0] == null || Arrays.compareUnsigned(place, first[0]) < 0) {
            first[0] = place;
            into.copyFrom(context.frame().slots[slot]);
            into.keep();
          }
        });
  }

  @Override
  public String describe() {
    return "value of " + rows.describe();
  }
}
