package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import dev.turso.exec.expression.Frame;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of all arms: UNION ALL.
 *
 * <p>Where equal rows are to be merged that may look different, UNION shows the one of the last arm and
 * there the first; the other compound operators show the first of the first arm.
 */
public final class UnionOperator extends CircuitOperator {

  private final CircuitContext context;
  private final List<CircuitOperator> arms;
  private final int[] slots;
  private final int armSlot;
  private final int placeSlot;
  private final boolean lastArmFirst;
  private final OrderedKey place = new OrderedKey();

  /**
   * @param armSlot holds the number of the arm a row comes from
   * @param placeSlot holds the row's place in the order of its arm
   * @param lastArmFirst whether rows of the last arm stand before the others in source order
   */
  public UnionOperator(
      CircuitContext context,
      List<CircuitOperator> arms,
      int[] slots,
      int armSlot,
      int placeSlot,
      boolean lastArmFirst) {
    this.context = context;
    this.arms = arms;
    this.slots = slots;
    this.armSlot = armSlot;
    this.placeSlot = placeSlot;
    this.lastArmFirst = lastArmFirst;
  }

  @Override
  public int[] slots() {
    return slots;
  }

  @Override
  public List<OrderPart> order() {
    OrderPart arm = new OrderPart(armSlot, Collation.BINARY, lastArmFirst, true);
    return List.of(arm, OrderPart.of(placeSlot));
  }

  /** The number of the arm that the row in the frame comes from. */
  long arm(Frame frame) {
    return frame.slots[armSlot].bits;
  }

  @Override
  public boolean changed() {
    for (CircuitOperator each : arms) {
      if (each.changed()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void changes(RowSink sink) {
    for (int i = 0; i < arms.size(); i++) {
      if (arms.get(i).changed()) {
        arms.get(i).changes(copying(i, sink));
      }
    }
  }

  private RowSink copying(int number, RowSink sink) {
    CircuitOperator arm = arms.get(number);
    int[] from = arm.slots();
    return weight -> {
      Frame frame = context.frame();
      for (int i = 0; i < slots.length; i++) {
        frame.slots[slots[i]].copyFrom(frame.slots[from[i]]);
      }
      frame.slots[armSlot].setInteger(number);
      place.reset();
      Keys.append(place, frame, arm.order());
      frame.slots[placeSlot].setBlob(place.toBytes());
      sink.row(weight);
    };
  }

  @Override
  public Access access(List<Equality> equalities) {
    List<Access> ways = new ArrayList<>();
    double cost = 0;
    for (CircuitOperator arm : arms) {
      Access way = arm.access(forArm(arm, equalities));
      ways.add(way);
      cost += way.cost();
    }
    return new Access(cost) {
      @Override
      public void chosen() {
        ways.forEach(Access::chosen);
      }

      @Override
      public void rows(Version version, RowSink sink) {
        for (int i = 0; i < ways.size(); i++) {
          ways.get(i).rows(version, copying(i, sink));
        }
      }

      @Override
      public String describe() {
        StringBuilder text = new StringBuilder();
        for (Access each : ways) {
          text.append(text.isEmpty() ? "" : ", ").append(each.describe());
        }
        return text.toString();
      }
    };
  }

  private List<Equality> forArm(CircuitOperator arm, List<Equality> equalities) {
    List<Equality> mapped = new ArrayList<>();
    for (Equality each : equalities) {
      for (int i = 0; i < slots.length; i++) {
        if (slots[i] == each.slot()) {
          mapped.add(each.at(arm.slots()[i]));
        }
      }
    }
    return mapped;
  }

  @Override
  public List<CircuitOperator> inputs() {
    return arms;
  }

  @Override
  public String describe() {
    return lastArmFirst ? "union" : "union all";
  }

  /** What operators keep in this one's order is of another shape where the last arm stands first. */
  @Override
  public String stateShape() {
    return lastArmFirst ? "last arm first" : "";
  }
}
