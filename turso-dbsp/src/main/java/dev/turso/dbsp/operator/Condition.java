package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Equality;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One conjunct of a condition, ready to run, and what it means for finding rows.
 *
 * @param test the conjunct
 * @param slots the slots it reads
 * @param sides where it is an equality with a column on a side: the wish it makes, one per such side
 * @param text for EXPLAIN
 */
public record Condition(Node test, BitSet slots, List<Side> sides, String text) {

  /**
   * A column of an equality, and what it is compared with.
   *
   * @param valueSlots the slots that the value needs
   */
  public record Side(Equality equality, BitSet valueSlots) {}

  /** Whether all conditions are true of the row in the frame. */
  static boolean all(List<Condition> conditions, Frame frame) {
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).test.truth(frame) != 1) {
        return false;
      }
    }
    return true;
  }

  /** The wish for rows of the owner of some slots, if the value is known without that owner. */
  @Nullable Equality equalityOn(Slots own) {
    for (Side each : sides) {
      if (own.has(each.equality.slot()) && !own.meets(each.valueSlots)) {
        return each.equality;
      }
    }
    return null;
  }

  static String describe(List<Condition> conditions) {
    StringBuilder text = new StringBuilder();
    for (Condition each : conditions) {
      text.append(text.isEmpty() ? "" : " AND ").append(each.text);
    }
    return text.toString();
  }
}
