package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.CircuitOperator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds an input of a join that each row of the join is one row of: every other input is a table of
 * which its row says the rowid, alone or with rows that were found so before.
 */
final class OneToOne {

  private OneToOne() {}

  /** The slot of the identity of the rows of such an input, or -1. */
  static int identity(List<CircuitOperator> inputs, List<Condition> conditions) {
    for (CircuitOperator each : inputs) {
      if (each.identitySlot() >= 0 && decides(each, inputs, conditions)) {
        return each.identitySlot();
      }
    }
    return -1;
  }

  /** Whether a row of an input has at most one partner in each of the others. */
  static boolean decides(
      CircuitOperator start, List<CircuitOperator> inputs, List<Condition> conditions) {
    BitSet known = new BitSet();
    add(known, start);
    List<CircuitOperator> left = new ArrayList<>(inputs);
    left.remove(start);
    boolean found = true;
    while (found && !left.isEmpty()) {
      found = false;
      for (CircuitOperator each : List.copyOf(left)) {
        if (isFound(each, conditions, known)) {
          add(known, each);
          left.remove(each);
          found = true;
        }
      }
    }
    return left.isEmpty();
  }

  private static boolean isFound(CircuitOperator input, List<Condition> conditions, BitSet known) {
    if (!(input instanceof ScanOperator scan) || scan.table().withoutRowid()) {
      return false;
    }
    for (Condition each : conditions) {
      for (Condition.Side side : each.sides()) {
        Integer column = scan.columnOf(side.equality().slot());
        if (column != null && column < 0 && isWithin(side.valueSlots(), known)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isWithin(BitSet slots, BitSet known) {
    BitSet missing = (BitSet) slots.clone();
    missing.andNot(known);
    return missing.isEmpty();
  }

  private static void add(BitSet known, CircuitOperator input) {
    for (int slot : input.slots()) {
      known.set(slot);
    }
  }
}
