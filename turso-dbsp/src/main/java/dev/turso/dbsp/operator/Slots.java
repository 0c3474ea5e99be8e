package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.CircuitOperator;
import java.util.BitSet;

/** Which slots an operator fills. */
public final class Slots {

  private final BitSet bits = new BitSet();

  public static Slots of(CircuitOperator operator) {
    Slots slots = new Slots();
    slots.add(operator);
    return slots;
  }

  public void add(CircuitOperator operator) {
    for (int slot : operator.slots()) {
      bits.set(slot);
    }
  }

  public boolean has(int slot) {
    return bits.get(slot);
  }

  /** Whether some of the given slots are among these. */
  public boolean meets(BitSet others) {
    return bits.intersects(others);
  }
}
