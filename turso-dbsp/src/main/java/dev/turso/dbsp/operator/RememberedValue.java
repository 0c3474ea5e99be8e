package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.dbsp.circuit.Version;
import dev.turso.value.Register;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The value of a subquery that depends on some columns of the row: computed once a step and version for
 * all rows that have the same in these.
 *
 * <p>Without it a change that concerns the n rows of a group, each of which asks for an aggregate of
 * that group, would read n times n rows.
 */
public final class RememberedValue implements SubqueryValue {

  /** When so many are remembered, all are forgotten. */
  private static final int MOST = 4096;

  private final CircuitContext context;
  private final SubqueryValue value;
  private final RowCodec columns;
  private final List<Map<ByteBuffer, Register>> known = new ArrayList<>();
  private long step = -1;

  /** @param slots the columns of the row that the value depends on */
  public RememberedValue(CircuitContext context, SubqueryValue value, int[] slots) {
    this.context = context;
    this.value = value;
    this.columns = new RowCodec(slots);
    for (int i = 0; i < Version.values().length; i++) {
      known.add(new HashMap<>());
    }
  }

  @Override
  public void evaluate(Version version, Register into) {
    if (step != context.step()) {
      step = context.step();
      known.forEach(Map::clear);
    }
    Map<ByteBuffer, Register> values = known.get(version.ordinal());
    ByteBuffer row = ByteBuffer.wrap(columns.encode(context.frame()));
    Register found = values.get(row);
    if (found == null) {
      found = new Register();
      value.evaluate(version, found);
      if (values.size() == MOST) {
        values.clear();
      }
      values.put(row, found);
    }
    into.copyFrom(found);
  }

  @Override
  public String describe() {
    return value.describe();
  }
}
